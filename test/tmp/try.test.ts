import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { test, expect } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { PiecedText } from '../../server/src/template/pieces/pieced-text.ts';

function* walk(d: string): Generator<string> { for (const e of readdirSync(d)) { const p = path.join(d, e); if (statSync(p).isDirectory()) yield* walk(p); else yield p; } }
test('corpus', () => {
  let n = 0, pieced = 0, bad = 0, tw=0, tp=0;
  const lost: string[] = [];
  for (const f of walk('../shared/corpus')) {
    if (!/\.(ya?ml|json|template)$/.test(f) || /manifest/.test(f)) continue;
    const text = readFileSync(f, 'utf8');
    if (!text.includes('Resources')) continue;
    n++;
    const isP = PiecedText.of(text) !== undefined;
    if (isP) pieced++; else lost.push(f);
    const a = new Workspace('whole'); a.openDocument('/x/f', text);
    const b = new Workspace('pieces'); b.openDocument('/x/f', text);
    let t0 = performance.now(); const ra = a.check('/x/f'); tw += performance.now()-t0; t0=performance.now(); const rb = b.check('/x/f'); tp += performance.now()-t0;
    try { expect(rb).toEqual(ra); } catch (e) { bad++; if (bad < 6) console.log(f, String(e).slice(0, 1500)); }
  }
  console.log({ n, pieced, bad, tw, tp });
  console.log(lost.slice(0, 60).join('\n'));
}, 600000);
