import { t } from '@vscode/l10n';
import { readDocuments } from '../template/read.ts';
import { projectSettings, type ProjectSettings } from './project-settings.ts';
import type { SettingsProblem } from './settings-reader.ts';

/** The names that a project file may have; of two in one folder the first counts. */
export const projectFileNames = ['.flow-log-guard.yaml', '.flow-log-guard.yml'] as const;

const projectFilePath = /(?:^|[/\\])\.flow-log-guard\.ya?ml$/;

/** The readable code under which editors show the problems of a project file. */
export const projectFileProblemCode = 'project-file-invalid';

/** Whether a path or URI names a project file. */
export function isProjectFile(file: string): boolean {
  return projectFilePath.test(file);
}

/** A project file as it was read. */
export interface ProjectFile {
  readonly settings: ProjectSettings;
  /** In the order of the text. Each is an error, but takes away nothing else that the file says. */
  readonly problems: readonly SettingsProblem[];
}

/** In UTF-16 code units; a hundred times what anybody needs to say. */
const longestText = 128 * 1024;

/** More than anybody reads; nearly all of them are then consequences of one mistake. */
const mostProblems = 50;

/** Reads a project file. Never throws. */
export function readProjectFile(text: string): ProjectFile {
  if (text.length > longestText) {
    return unreadable(t('It is larger than {0} KB, so nothing of it counts', longestText / 1024));
  }
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unreadable(
      t('It is nested too deeply, or repeats itself too often, to be read; nothing of it counts'),
    );
  }
}

function unreadable(message: string): ProjectFile {
  return { settings: {}, problems: [{ message, span: { start: 0, end: 0 } }] };
}

function read(text: string): ProjectFile {
  const [document, second] = readDocuments(text);
  const found: SettingsProblem[] = [];
  const root = document?.root;
  // No more than comments, or a key that is still to be typed.
  const isEmpty = root === undefined || (root.kind === 'scalar' && root.isNull);
  const settings = isEmpty
    ? undefined
    : projectSettings(
        { node: root, path: '', keySpan: root.span },
        { text, report: (problem) => found.push(problem) },
      );
  if (second?.root !== undefined) {
    found.push({ message: t('Only the first document of this file counts'), span: second.root.span });
  }
  // What a broken text seems to say wrongly is most often a consequence of where it is broken.
  const [broken] = (document?.problems ?? []).toSorted((a, b) => a.span.start - b.span.start);
  const problems =
    broken === undefined ? found : [{ ...broken, message: t('It is broken: {0}', broken.message) }];
  return {
    settings: settings ?? {},
    problems: problems.toSorted((a, b) => a.span.start - b.span.start).slice(0, mostProblems),
  };
}
