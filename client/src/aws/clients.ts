/** The SDK's clients of one account, one a service and region, made when first needed. */
export interface AwsClients {
  destroy(): void;
}
