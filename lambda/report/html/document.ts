import { SERVICE } from '../../contract';
import { html, Markup, NOTHING } from '../text/markup';
import { SCRIPT, SCRIPT_HASH } from './script';
import { STYLE, STYLE_HASH } from './style';

/** The colour of the page's head: the three answers that the headline gives in words. */
export type VerdictColour = 'calm' | 'open' | 'alarming';

export interface DocumentParts {
  readonly title: string;
  readonly colour: VerdictColour;
  /** What stands over the headline. */
  readonly lead: Markup;
  readonly headline: string;
  readonly main: Markup;
  /** Whether the script that sorts and filters the one table of findings is in it. */
  readonly hasScript: boolean;
}

/** A whole page for a browser as one file, which needs nothing else. */
export function writeDocument({ title, colour, lead, headline, main, hasScript }: DocumentParts): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${writeSecurityPolicy(hasScript)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
${hasScript ? html`<script>${new Markup(SCRIPT)}</script>\n` : NOTHING}</head>
<body>
<a class="skip" href="#main">To the report</a>
<header class="${colour}">
<p>${lead}</p>
<h1>${headline}</h1>
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer><p>Written by ${SERVICE}. This page is self-contained; it loads nothing from the network.</p></footer>
</body>
</html>
`.source;
}

/**
 * Nothing may be loaded, sent or run but the one style and the one script, which are named by their hashes: whatever
 * text got past the escaping still could not act. The hashes stand beside the texts, and a test keeps them in step:
 * this folder computes nothing that needs a library.
 */
function writeSecurityPolicy(hasScript: boolean): string {
  const script = hasScript ? ` script-src '${SCRIPT_HASH}';` : '';
  return `default-src 'none';${script} style-src '${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;
}
