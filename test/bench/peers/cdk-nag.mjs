/** Checks every template of a folder with cdk-nag, each included in a stack of one app, as its documentation says. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

// Installed for the benchmark alone, so no import of which the types are checked in every clone.
/** @type {{ AwsSolutionsChecks: new (options?: object) => import('aws-cdk-lib').IPolicyValidationPlugin }} */
const { AwsSolutionsChecks } = createRequire(import.meta.url)('cdk-nag');
const folder = process.argv[2] ?? '.';
const outdir = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-bench-nag-'));
const app = new App({ outdir });
const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(?:json|yaml)$/.test(name),
);
const included = templates.map(
  (name, index) =>
    new CfnInclude(new Stack(app, `Stack${index}`), 'Template', { templateFile: path.join(folder, name) }),
);
console.log(`${included.length} templates`);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
try {
  app.synth();
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
