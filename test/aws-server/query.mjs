/** The parameters of AWS's query protocols: flat names such as `Filter.1.Value.2`. */

/** @typedef {ReadonlyMap<string, string>} Parameters */

/**
 * @param {string} body `application/x-www-form-urlencoded`
 * @returns {Parameters}
 */
export function readParameters(body) {
  return new Map(new URLSearchParams(body));
}

/**
 * @param {Parameters} parameters
 * @param {string} name `ResourceId` for `ResourceId.1`, `ResourceId.2`…
 * @returns {string[]}
 */
export function list(parameters, name) {
  const values = [];
  for (let index = 1; parameters.has(`${name}.${index}`); index += 1)
    values.push(parameters.get(`${name}.${index}`) ?? '');
  return values;
}

/**
 * @param {Parameters} parameters
 * @param {string} prefix such as `TagSpecification.1.Tag`
 * @returns {Record<string, string>}
 */
export function tags(parameters, prefix) {
  /** @type {Record<string, string>} */
  const found = {};
  for (let index = 1; parameters.has(`${prefix}.${index}.Key`); index += 1)
    found[parameters.get(`${prefix}.${index}.Key`) ?? ''] = parameters.get(`${prefix}.${index}.Value`) ?? '';
  return found;
}

/**
 * @param {Parameters} parameters
 * @returns {Map<string, string[]>} values by the filters' names
 */
export function filters(parameters) {
  const found = new Map();
  for (let index = 1; parameters.has(`Filter.${index}.Name`); index += 1)
    found.set(parameters.get(`Filter.${index}.Name`), list(parameters, `Filter.${index}.Value`));
  return found;
}
