import { loadConfig } from '@smithy/core/config';

/**
 * The endpoint that the user has configured for a service: AWS_ENDPOINT_URL_EC2, AWS_ENDPOINT_URL, then the profile's
 * `services` section, then its `endpoint_url`; undefined: AWS's own. The SDK does the same by itself, but looks into the
 * profile that AWS_PROFILE names, whichever profile a client was made with.
 *
 * @param serviceId as the SDK has it: `EC2`, `CloudWatch Logs`
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function configuredEndpoint(
  serviceId: string,
  profile: string | undefined,
): Promise<string | undefined> {
  const options = profile === undefined ? {} : { profile };
  const isIgnored = await loadConfig<boolean>(
    {
      environmentVariableSelector: (env) => flag(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']),
      configFileSelector: (section) => flag(section['ignore_configured_endpoint_urls']),
      default: false,
    },
    options,
  )();
  if (isIgnored) return undefined;
  const words = serviceId.split(' ').join('_');
  const endpoint = await loadConfig(
    {
      environmentVariableSelector: (env) =>
        filled(env[`AWS_ENDPOINT_URL_${words.toUpperCase()}`]) ?? filled(env['AWS_ENDPOINT_URL']),
      configFileSelector: (section, file) => {
        const services = section['services'];
        const ofService =
          services === undefined
            ? undefined
            : file?.[`services.${services}`]?.[`${words.toLowerCase()}.endpoint_url`];
        return filled(ofService) ?? filled(section['endpoint_url']);
      },
      default: '',
    },
    options,
  )();
  return filled(endpoint);
}

function flag(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : text.toLowerCase() === 'true';
}

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
