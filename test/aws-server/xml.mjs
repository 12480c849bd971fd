/** @typedef {string | number | boolean | Date | undefined | Xml[] | { [element: string]: Xml }} Xml a list becomes `<item>`s */

/**
 * @param {Xml} value
 * @param {string} [member] what the elements of a list are called: `item` for EC2, `member` for IAM
 * @returns {string}
 */
export function toXml(value, member = 'item') {
  if (value === undefined) return '';
  if (Array.isArray(value))
    return value.map((item) => `<${member}>${toXml(item, member)}</${member}>`).join('');
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return escape(String(value));
  return Object.entries(value)
    .map(([name, inner]) => (inner === undefined ? '' : `<${name}>${toXml(inner, member)}</${name}>`))
    .join('');
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
