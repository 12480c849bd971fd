import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FlattenMap, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';
import type { ConfinedFiles } from './confined-files.ts';

/** A place in a file; line and column from 0. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number | undefined;
}

const mebibyte = 1024 * 1024;
/** Larger ones are bundles of whole applications, which nobody mends by hand. */
const largestScript = 8 * mebibyte;
const largestMap = 32 * mebibyte;

/** The way from compiled scripts back to what they were compiled from, each script read once. */
export class SourceMaps {
  readonly #files: ConfinedFiles;
  readonly #maps = new Map<string, Promise<ScriptMap | undefined>>();

  constructor(files: ConfinedFiles) {
    this.#files = files;
  }

  /**
   * The place in the source that a place in a script was compiled from.
   *
   * @returns undefined where the script has no map, or that leads to no file of the workspace
   */
  async original({ file, line, column }: FilePlace): Promise<FilePlace | undefined> {
    if (!/\.[cm]?js$/i.test(file)) return undefined;
    const known = this.#maps.get(file) ?? this.#read(file);
    this.#maps.set(file, known);
    const script = await known;
    if (script === undefined) return undefined;
    // A map counts lines from 1 and columns from 0.
    const found = originalPositionFor(script.map, { line: line + 1, column: column ?? 0 });
    if (found.source === null) return undefined;
    const source = sourcePath(found.source, script.folder);
    const located = source === undefined ? undefined : await this.#files.locate(source);
    return located === undefined
      ? undefined
      : { file: located, line: found.line - 1, column: column === undefined ? undefined : found.column };
  }

  async #read(file: string): Promise<ScriptMap | undefined> {
    const script = await this.#files.readText(file, largestScript);
    if (script.kind !== 'text') return undefined;
    const url = mapUrl(script.text);
    if (url === undefined) return undefined;
    const inline = inlineMap(url);
    const folder = path.dirname(file);
    try {
      if (inline !== undefined) return { map: readMap(inline), folder };
      const mapFile = path.resolve(folder, decodeURIComponent(url));
      const text = await this.#files.readText(mapFile, largestMap);
      return text.kind === 'text' ? { map: readMap(text.text), folder: path.dirname(mapFile) } : undefined;
    } catch {
      // A map that cannot be read is as good as none.
      return undefined;
    }
  }
}

interface ScriptMap {
  readonly map: TraceMap;
  /** What its sources are relative to. */
  readonly folder: string;
}

function readMap(text: string): TraceMap {
  // Without the guard against JSON hijacking that some compilers put before it.
  return new FlattenMap(text.replace(/^\)\]\}'[^\n]*\n/, ''));
}

/** Of the last comment that names one, as engines read it; the pattern of https://tc39.es/ecma426. */
function mapUrl(script: string): string | undefined {
  const start = script.lastIndexOf('sourceMappingURL=');
  if (start < 0) return undefined;
  return /^sourceMappingURL=(?<url>[^\s'"]+)/.exec(script.slice(start))?.groups?.['url'];
}

function inlineMap(url: string): string | undefined {
  const data = /^data:[^,]*?(?<base64>;base64)?,/.exec(url.slice(0, 200));
  if (data === null) return undefined;
  const content = url.slice(data[0].length);
  return data.groups?.['base64'] === undefined
    ? decodeURIComponent(content)
    : Buffer.from(content, 'base64').toString('utf8');
}

function sourcePath(source: string, folder: string): string | undefined {
  if (source.startsWith('file://')) return fileURLToPath(source);
  if (/^[a-z][\w+.-]+:/i.test(source)) return undefined;
  return path.resolve(folder, source);
}
