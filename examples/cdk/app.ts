import { App, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** Where the services run. Its VPC has a flow log to CloudWatch Logs. */
class ServicesStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Services', {
      ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/16'),
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
      natGateways: 1,
      flowLogs: {
        rejected: { trafficType: ec2.FlowLogTrafficType.REJECT },
      },
    });

    new CfnOutput(this, 'VpcId', { value: vpc.vpcId });
  }
}

/** A place to try things out. Nobody thought of flow logs here. */
class SandboxStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new ec2.Vpc(this, 'Sandbox', {
      ipAddresses: ec2.IpAddresses.cidr('10.30.0.0/16'),
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
      natGateways: 0,
      subnetConfiguration: [
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24 },
        { name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
    });
  }
}

const app = new App();
const env = { account: '123456789012', region: 'eu-central-1' };

new ServicesStack(app, 'Services', { env });
new SandboxStack(app, 'Sandbox', { env });
