import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * The browser enforces that the page is self-contained: scripts and styles come from the document alone, requests go to
 * the server that served it and nowhere else.
 */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

let built: Promise<string> | undefined;

/** The page as one HTML document that loads nothing else. Built once per process, in about half a second. */
export function buildPage(): Promise<string> {
  built ??= bundle().catch((cause: unknown) => {
    built = undefined;
    throw new Error('The page of the stand-in workspace could not be bundled', { cause });
  });
  return built;
}

async function bundle(): Promise<string> {
  const [template, result] = await Promise.all([
    readFile(join(here, 'page.html'), 'utf8'),
    build({
      entryPoints: [join(here, 'main.tsx'), join(here, 'style/page.css')],
      outdir: join(here, 'out'),
      entryNames: '[name]',
      bundle: true,
      write: false,
      minify: true,
      format: 'iife',
      target: 'es2022',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"production"' },
      legalComments: 'none',
      logLevel: 'silent',
    }),
  ]);
  const output = (extension: string): string =>
    result.outputFiles.find((file) => file.path.endsWith(extension))?.text ?? '';
  // An inline script ends at the first `</script`, also inside a string literal.
  const script = output('.js').replaceAll('</script', '<\\/script');
  const parts: { [name: string]: string } = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    style: `<style>${output('.css')}</style>`,
    script: `<script>${script}</script>`,
  };
  return template.replace(/<!--\s*(\w+)\s*-->/g, (_match, name: string) => parts[name] ?? '');
}
