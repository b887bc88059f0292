import axe from "axe-core";
import type { Page } from "playwright-core";

/** Rules that the page breaks, each with the elements at fault. */
export async function violations(page: Page): Promise<readonly string[]> {
  // Through the debugger, since the page's content policy keeps foreign scripts out.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const result = await Reflect.get(window, "axe").run(document);
    return result.violations.flatMap((rule: { id: string; nodes: { html: string; failureSummary: string }[] }) =>
      rule.nodes.map(({ html, failureSummary }) => `${rule.id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
  });
}
