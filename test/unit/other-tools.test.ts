import { beforeEach, expect, test, vi } from 'vitest';
import { otherTools } from '../../client/src/language/other-tools.ts';
import { installed, workspace } from './fake-vscode.ts';

vi.mock('vscode', () => import('./fake-vscode.ts'));

const yaml = 'redhat.vscode-yaml';
const toolkit = 'amazonwebservices.aws-toolkit-vscode';

beforeEach(() => {
  installed.clear();
  workspace.settings = {};
});

test('alone in the window', () => {
  expect(otherTools()).toEqual({ awsServer: false, yaml: 'absent' });
});

test('vscode-yaml counts by whether it has a schema for CloudFormation', () => {
  installed.add(yaml);
  expect(otherTools().yaml).toBe('present');
  workspace.settings = { 'yaml.schemas': { 'https://example.com/workflow.json': '*.yaml' } };
  expect(otherTools().yaml).toBe('present');
  workspace.settings = { 'yaml.schemas': { 'https://example.com/CloudFormation.schema.json': '*.yaml' } };
  expect(otherTools().yaml).toBe('with-cloudformation-schema');
});

test('the AWS Toolkit counts where its completions of templates are on', () => {
  installed.add(toolkit);
  expect(otherTools().awsServer).toBe(false);
  workspace.settings = { 'aws.cloudformation.completion.enabled': true };
  expect(otherTools().awsServer).toBe(true);
  workspace.settings = { 'aws.cloudformation.completion.enabled': false };
  expect(otherTools().awsServer).toBe(false);
});
