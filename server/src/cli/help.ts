export const help = `Flow Log Guard finds the VPCs in CloudFormation, SAM and synthesised CDK templates
that would have no flow log recording rejected traffic (AWS Security Hub control EC2.6).

Usage
  flow-log-guard check [PATH...] [--format text|json]
  flow-log-guard fix [PATH...] [--dry-run] [--destination DESTINATION]

  check reports; fix writes the missing flow logs into the templates, and mends
  what else it can. It changes nothing in a cdk.out, which the CDK makes anew.

  PATH is a file or a folder; without one, the working folder is meant.
  A file that is named is looked at whatever it is called. In a folder, the files
  called *.yaml, *.yml, *.json, *.template, *.cfn.* and *.template.* are, but not
  in node_modules and .git, behind links to folders, and where a .gitignore says
  so. A cdk.out is always read.

  What a .flow-log-guard.yaml says holds for the folder that it is in and below:
  severities, ignored files, and by whose standard a flow log counts.

Options
  --format text|json  text for people (the default), or JSON for programs
  --dry-run           write nothing; print what would change as a unified diff
  --destination cloud-watch-logs|s3|kinesis-data-firehose
                      where new flow logs deliver; else what a
                      .flow-log-guard.yaml says, else cloud-watch-logs
  -h, --help          print this help
  --version           print the version

Environment
  NO_COLOR, FORCE_COLOR  turn the colours off or on; by default a terminal has them

Exit codes
  0  check found nothing of severity warning or above; fix left nothing such
  1  there is something such; fix says for each why it is left
  2  it could not run, or could not read everything and found nothing in the rest
`;
