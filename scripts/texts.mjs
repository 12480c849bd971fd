/**
 * The texts that users read, and their translations: `l10n/bundle.l10n.*.json` for what the sources say,
 * `package.nls.*.json` for what the manifest says.
 *
 * `npm run texts` prints what is missing or left over, as JSON to fill in. With `--write` it adds what is
 * missing to the files, as empty texts to be filled in, takes out what is left over and sorts.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parseSync } from 'oxc-parser';

const root = path.resolve(import.meta.dirname, '..');

/** The languages that ship, besides English. */
export const languages = /** @type {const} */ (['de', 'ja']);

/** The command line stays English: people and programs in CI read it. */
const englishOnly = /^server\/src\/cli\//;

/** Tables of facts: their texts are translated where they are shown, as by `t(field.meaning)`. */
const tables = /^server\/src\/aws\//;

/**
 * @typedef {object} SourceTexts
 * @property {Map<string, string>} keys what is translated, with the first place that says it
 * @property {string[]} problems calls that cannot be collected, each with its place
 * @property {string[]} bare what reads like a text for users, but is not translated: `place: text`
 */

/** @returns {SourceTexts} */
export function textsOfSources() {
  /** @type {SourceTexts} */
  const found = { keys: new Map(), problems: [], bare: [] };
  for (const folder of ['server/src', 'client/src']) {
    const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
    for (const name of files.filter((file) => file.endsWith('.ts')).toSorted()) {
      const file = path.posix.join(folder, name.replaceAll(path.sep, '/'));
      if (!englishOnly.test(file)) collect(file, readFileSync(path.join(root, file), 'utf8'), found);
    }
  }
  return found;
}

/**
 * Collects the texts of one source: first arguments of `t(…)` and `l10n.t(…)`. A choice between two texts
 * counts as both.
 *
 * @param {string} file
 * @param {string} source
 * @param {SourceTexts} found
 */
export function collect(file, source, { keys, problems, bare }) {
  /** @param {{ start: number }} node */
  const placeOf = ({ start }) => `${file}:${source.slice(0, start).split('\n').length}`;

  /** @param {any} node */
  function addKeys(node) {
    if (node.type === 'ConditionalExpression') {
      addKeys(node.consequent);
      addKeys(node.alternate);
    } else if (typeof constantText(node) === 'string') {
      addKey(constantText(node), node);
    } else if (node.type === 'ObjectExpression') {
      const message = constantText(memberOf(node, 'message'));
      const comment = constantText(memberOf(node, 'comment'));
      if (message === undefined) problems.push(`${placeOf(node)}: the message is not written out`);
      else addKey(comment === undefined ? message : `${message}/${comment}`, node);
    } else if (node.type !== 'MemberExpression') {
      problems.push(`${placeOf(node)}: the text is not written out`);
    }
  }

  /** @param {string | undefined} key @param {any} node */
  function addKey(key, node) {
    if (key !== undefined && !keys.has(key)) keys.set(key, placeOf(node));
  }

  /** @param {any} node @param {boolean} [isRead] whether users may read what is written in it */
  function visit(node, isRead = true) {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const one of node) visit(one, isRead);
      return;
    }
    if (isTranslation(node)) {
      addKeys(node.arguments[0]);
      for (const argument of node.arguments.slice(1)) visit(argument, isRead);
      if (node.arguments[0].type === 'ObjectExpression') visit(memberOf(node.arguments[0], 'args'));
      if (node.arguments[0].type === 'ConditionalExpression') visit(node.arguments[0].test);
      return;
    }
    if (tables.test(file) && isWord(node)) addKey(constantText(node.value), node);
    const isShown = isRead && !isForDevelopers(node);
    const text = writtenText(node);
    if (isShown && text !== undefined && prose.test(text)) {
      if (tables.test(file)) addKey(text, node);
      else bare.push(`${placeOf(node)}: ${text}`);
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'type') visit(child, isShown);
  }

  visit(parseSync(file, source).program);
}

/** A text of a table that may be one word, such as `meaning: 'yes'`. @param {any} node @returns {boolean} */
function isWord(node) {
  return node.type === 'Property' && ['meaning', 'required'].includes(node.key.name);
}

/** Two words, the second in lower case. */
const prose = /[A-Za-z]{2,} (?:[a-z]{2,}|\{\})/;

/** @param {any} node @returns {boolean} */
function isTranslation(node) {
  if (node.type !== 'CallExpression' || node.arguments.length === 0) return false;
  const { callee } = node;
  if (callee.type === 'Identifier') return callee.name === 't';
  return callee.type === 'MemberExpression' && callee.object.name === 'l10n' && callee.property.name === 't';
}

/** What goes into a log or a stack trace. @param {any} node @returns {boolean} */
function isForDevelopers(node) {
  if (node.type === 'NewExpression') return node.callee.name?.endsWith('Error') === true;
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    ['log', 'console'].includes(node.callee.object.name)
  );
}

/** @param {any} node @returns {string | undefined} */
function writtenText(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  return node.type === 'TemplateLiteral'
    ? node.quasis.map((/** @type {any} */ { value }) => value.cooked).join('{}')
    : undefined;
}

/** @param {any} node @returns {string | undefined} */
function constantText(node) {
  return node === undefined || (node.type === 'TemplateLiteral' && node.expressions.length > 0)
    ? undefined
    : writtenText(node);
}

/** @param {any} object @param {string} name */
function memberOf(object, name) {
  return object.properties.find((/** @type {any} */ { key }) => key?.name === name)?.value;
}

/**
 * A file of texts and what it must hold.
 *
 * @typedef {object} TextFile
 * @property {string} file relative to the root
 * @property {ReadonlyMap<string, string>} wanted by key, the English text
 * @property {Readonly<Record<string, string>>} has
 */

/** @returns {TextFile[]} */
export function textFiles() {
  const { keys } = textsOfSources();
  const bundle = new Map(Array.from(keys.keys(), (key) => [key, key]));
  const manifest = new Map(Object.entries(read('package.nls.json')));
  return languages.flatMap((language) => [
    {
      file: `l10n/bundle.l10n.${language}.json`,
      wanted: bundle,
      has: read(`l10n/bundle.l10n.${language}.json`),
    },
    {
      file: `package.nls.${language}.json`,
      wanted: manifest,
      has: read(`package.nls.${language}.json`),
    },
  ]);
}

/** @param {string} file @returns {Record<string, string>} */
function read(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return {};
    throw error;
  }
}

/**
 * What is wrong with a file: empty where all is well.
 *
 * @param {TextFile} textFile
 */
export function problemsOf({ wanted, has }) {
  const missing = [...wanted.keys()].filter((key) => (has[key] ?? '').trim() === '');
  const leftOver = Object.keys(has).filter((key) => !wanted.has(key));
  const otherPlaceholders = Object.keys(has).filter(
    (key) =>
      wanted.has(key) &&
      !missing.includes(key) &&
      placeholdersOf(wanted.get(key) ?? '') !== placeholdersOf(has[key] ?? ''),
  );
  return { missing, leftOver, otherPlaceholders };
}

/** `{0}` and the like, and what must stay as it is in a link of a setting's description. @param {string} text */
function placeholdersOf(text) {
  const places = text.match(/\{\d+\}|`#[\w.]+#`|\(command:[\w.]+\)/g) ?? [];
  return [...new Set(places)].toSorted().join(' ');
}

/** What is missing, as members of a JSON file to fill in. @param {TextFile} textFile */
export function skeletonOf(textFile) {
  const { missing } = problemsOf(textFile);
  return JSON.stringify(Object.fromEntries(missing.map((key) => [key, ''])), undefined, 2);
}

/** @param {TextFile} textFile */
function update({ file, wanted, has }) {
  const texts = Object.fromEntries(Array.from(wanted.keys(), (key) => [key, has[key] ?? '']));
  writeFileSync(path.join(root, file), `${JSON.stringify(texts, undefined, 2)}\n`);
}

function main() {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
  for (const textFile of textFiles()) {
    const { missing, leftOver, otherPlaceholders } = problemsOf(textFile);
    if (values.write) update(textFile);
    console.log(`${textFile.file}: ${missing.length} missing, ${leftOver.length} left over`);
    if (missing.length > 0) console.log(skeletonOf(textFile));
    for (const key of leftOver) console.log(`  left over: ${JSON.stringify(key)}`);
    for (const key of otherPlaceholders) console.log(`  other placeholders: ${JSON.stringify(key)}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
