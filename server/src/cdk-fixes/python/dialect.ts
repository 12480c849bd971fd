import { parser } from '@lezer/python';
import type { Dialect } from '../dialect.ts';
import { readCall, readCandidates, readOptions } from './calls.ts';
import { importWriter, readBindings } from './imports.ts';
import { pythonName, spell, spellEntry, spellField, spellStatement } from './spell.ts';

export const python: Dialect = {
  parser,
  defaults: { unit: '    ', quote: '"' },
  lineComment: '#',
  statementSeparator: '; ',
  framesNameLines: true,
  imports: importWriter,
  readBindings,
  readCandidates,
  readCall,
  readOptions,
  spell,
  spellField,
  spellEntry,
  spellStatement,
  nameOf: pythonName,
  declaration: (name) => `${name} = `,
};
