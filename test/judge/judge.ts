import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';

/** Anything that AWS's own validator holds against a template, at most once for each place. */
export interface Judge {
  /** The errors of a text, as keys that hold no line, so that they can be looked for in another text. */
  readonly errorsIn: (text: string) => ReadonlySet<string>;
}

/** Without the names that a template has, of which a fix adds some. */
function comparable(message: string): string {
  return message.replace(/ is not one of \[.*\]$/s, ' is none of those there are');
}

class TextFile extends TemplateFile {
  readonly #text: string;

  constructor(text: string) {
    super('template');
    this.#text = text;
  }

  override readBytes(): Uint8Array {
    return Buffer.from(this.#text);
  }
}

/**
 * AWS's validator of templates, with its schemas and rules built in; it shares no code with ours. Its engine
 * holds memory outside the heap and takes seconds to start, so make one for all tests of a file.
 */
export function createJudge(): Judge {
  const engine = new CelEngine();
  let last: { readonly text: string; readonly errors: ReadonlySet<string> } | undefined;
  return {
    errorsIn: (text) => {
      if (last?.text === text) return last.errors;
      const { diagnostics, status } = engine.validateStandard(new TextFile(text), { severityLevel: 'ERROR' });
      const keys = diagnostics.map(
        ({ ruleId, entity, propertyPath = '', message }) =>
          `${ruleId} ${entity?.logicalId ?? ''} ${propertyPath} ${comparable(message)}`,
      );
      last = { text, errors: new Set(status === 'OK' ? keys : [...keys, status]) };
      return last.errors;
    },
  };
}
