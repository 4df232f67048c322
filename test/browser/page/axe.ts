import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Violations axe-core calls serious or critical, as `rule: selector`. `rules` narrows them, for a document that was
 * looked at as a whole in another theme.
 */
export async function violations(page: Page, rules: string[] = []): Promise<string[]> {
  // As page text, not as a script element: the page's own policy forbids nothing here, and nothing is fetched.
  await page.evaluate(axeSource);
  const options = rules.length > 0 ? { runOnly: { type: 'rule', values: rules } } : {};
  return page.evaluate(async (given) => {
    interface Found {
      violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[];
    }
    const axe = (window as unknown as { axe: { run: (root: Document, options: object) => Promise<Found> } }).axe;
    const found = await axe.run(document, { resultTypes: ['violations'], ...given });
    return found.violations
      .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
      .flatMap((violation) =>
        violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} ${node.failureSummary}`),
      );
  }, options);
}
