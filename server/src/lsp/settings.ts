import * as v from 'valibot';
import type { FlowLogOptions } from '../fixes/options.ts';
import { findingCodes, severitySettings, standards, type Policy } from '../coverage/policy.ts';
import { flowLogSettings } from './flow-log-settings.ts';

/** The settings of the section `flowLogGuard` that the server heeds. */
export interface Settings {
  /** Whether documents are checked at all. */
  readonly enable: boolean;
  readonly standard: Policy['standard'];
  readonly severity: Policy['severities'];
  /** What flow logs that a fix adds are like. */
  readonly flowLog: FlowLogOptions;
  /** Whether there are lenses above VPCs. */
  readonly codeLens: boolean;
}

/** The section's name, in an editor's settings and in what a client sends. */
export const settingsSection = 'flowLogGuard';

// Editors send `null` for what the user has not set.
const fields = {
  enable: v.nullish(v.boolean(), true),
  standard: v.nullish(v.picklist(standards), 'ec2.6'),
  severity: v.nullish(
    v.pipe(
      v.object(
        Object.fromEntries(findingCodes.map((code) => [code, v.nullish(v.picklist(severitySettings))])),
      ),
      v.transform((given): Policy['severities'] =>
        Object.fromEntries(Object.entries(given).filter(([, severity]) => severity !== null)),
      ),
    ),
    {},
  ),
  flowLog: v.nullish(flowLogSettings, {}),
  codeLens: v.pipe(
    v.nullish(v.object({ enable: v.nullish(v.boolean(), true) }), {}),
    v.transform(({ enable }): boolean => enable),
  ),
};

export const defaultSettings: Settings = {
  enable: true,
  standard: 'ec2.6',
  severity: {},
  flowLog: {},
  codeLens: true,
};

/**
 * Reads the section as a client sent it. A value of the wrong type counts as its default and is named in
 * `problems`; unknown keys are left alone, since a client's own settings stand in the same section.
 */
export function parseSettings(section: unknown): { settings: Settings; problems: readonly string[] } {
  if (section === undefined || section === null) return { settings: defaultSettings, problems: [] };
  if (typeof section !== 'object' || Array.isArray(section)) {
    return { settings: defaultSettings, problems: [`${settingsSection}: expected an object`] };
  }
  const result = v.safeParse(v.object(fields), section);
  if (result.success) return { settings: result.output, problems: [] };

  const sound: Record<string, unknown> = structuredClone({ ...section });
  const problems: string[] = [];
  for (const { path = [], expected, received, message } of result.issues) {
    const keys = path.map(({ key }) => String(key));
    remove(keys, sound);
    const what = message.startsWith('must ') ? message : `expected ${expected}, got ${received}`;
    problems.push(`${[settingsSection, ...keys].join('.')}: ${what}; the default is used`);
  }
  return { settings: v.parse(v.object(fields), sound), problems };
}

function remove([first, ...rest]: readonly string[], from: Record<string, unknown>): void {
  if (first === undefined) return;
  if (rest.length === 0) delete from[first];
  else remove(rest, from[first] as Record<string, unknown>);
}

/**
 * The section out of `initializationOptions` or the payload of `workspace/didChangeConfiguration`: clients
 * send either `{ "flowLogGuard": { … } }` or what is in it.
 */
export function pushedSection(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null) return undefined;
  return settingsSection in payload ? payload[settingsSection] : payload;
}
