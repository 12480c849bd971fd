/**
 * Writes a JSON schema of CloudFormation templates, as editors get it from the schema store: one definition for each
 * type of resource, of which a resource has to meet one. It is made from AWS's own specification.
 *
 * Usage: node cloudformation-schema.mjs FILE
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * @typedef {{ readonly type: string, readonly element: Type, readonly types: readonly Type[],
 *   readonly reference: { readonly $ref: string } }} Type
 * @typedef {Readonly<Record<string, { readonly type: Type, readonly required?: boolean }>>} Properties
 * @typedef {{
 *   readonly all: (kind: 'resource') => Iterable<{ cloudFormationType: string, properties: Properties }>,
 *   readonly get: (kind: 'typeDefinition', id: Type['reference']) => { properties: Properties },
 * }} Database
 */

// Installed for the benchmark alone, so no import of which the types are checked in every clone.
/** @type {{ loadAwsServiceSpecSync: () => Database }} */
const { loadAwsServiceSpecSync } = createRequire(import.meta.url)('@aws-cdk/aws-service-spec');
const database = loadAwsServiceSpecSync();
const tag = {
  type: 'object',
  properties: { Key: { type: 'string' }, Value: { type: 'string' } },
  required: ['Key', 'Value'],
  additionalProperties: false,
};

/** @type {Record<string, unknown>} */
const definitions = { Tag: tag };

/** @param {Type} type @returns {unknown} */
function schemaOf(type) {
  switch (type.type) {
    case 'string':
    case 'boolean':
    case 'integer':
    case 'number':
      return { type: type.type };
    case 'array':
      return { type: 'array', items: schemaOf(type.element) };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(type.element) };
    case 'tag':
      return { $ref: '#/definitions/Tag' };
    case 'union':
      return { anyOf: type.types.map(schemaOf) };
    case 'ref': {
      const name = `type ${type.reference.$ref}`;
      if (definitions[name] === undefined) {
        // What refers to itself finds that it is there.
        definitions[name] = {};
        definitions[name] = objectOf(database.get('typeDefinition', type.reference).properties);
      }
      return { $ref: `#/definitions/${encodeURIComponent(name)}` };
    }
    default:
      return {};
  }
}

/** @param {Properties} properties */
function objectOf(properties) {
  const entries = Object.entries(properties);
  const required = entries.filter(([, { required: isRequired }]) => isRequired === true);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, { type }]) => [name, schemaOf(type)])),
    ...(required.length > 0 && { required: required.map(([name]) => name) }),
    additionalProperties: false,
  };
}

const types = [...database.all('resource')].map(({ cloudFormationType, properties }) => {
  definitions[cloudFormationType] = {
    type: 'object',
    properties: {
      Type: { type: 'string', enum: [cloudFormationType] },
      Properties: objectOf(properties),
      Condition: { type: 'string' },
      DeletionPolicy: { type: 'string' },
      UpdateReplacePolicy: { type: 'string' },
      DependsOn: {},
      Metadata: { type: 'object' },
      CreationPolicy: { type: 'object' },
      UpdatePolicy: { type: 'object' },
    },
    required: ['Type'],
    additionalProperties: false,
  };
  return { $ref: `#/definitions/${encodeURIComponent(cloudFormationType)}` };
});

const sections = ['Metadata', 'Rules', 'Mappings', 'Parameters', 'Conditions', 'Outputs'];
const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: {
    AWSTemplateFormatVersion: { type: 'string' },
    Description: { type: 'string' },
    Transform: {},
    ...Object.fromEntries(sections.map((name) => [name, { type: 'object' }])),
    Resources: { type: 'object', patternProperties: { '^[a-zA-Z0-9]+$': { anyOf: types } } },
  },
  required: ['Resources'],
  additionalProperties: false,
  definitions,
};
writeFileSync(process.argv[2] ?? '', JSON.stringify(schema));
