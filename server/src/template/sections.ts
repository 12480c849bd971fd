/** The sections that are mappings of entries of their own. */
export const sectionsOfEntries: ReadonlySet<string> = new Set([
  'Conditions',
  'Mappings',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
]);
