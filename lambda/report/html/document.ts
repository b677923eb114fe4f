import { SERVICE } from '../../contract';
import { html, Markup, NOTHING } from '../text/markup';
import { SCRIPT, SCRIPT_HASH } from './script';
import { STYLE, STYLE_HASH } from './style';

/** The colour of the page's header. It matches the three kinds of headlines. */
export type VerdictColour = 'calm' | 'open' | 'alarming';

export interface DocumentParts {
  readonly title: string;
  readonly colour: VerdictColour;
  /** The line above the headline. */
  readonly lead: Markup;
  readonly headline: string;
  readonly main: Markup;
  /** Whether the page contains the script that sorts and filters the table of findings. */
  readonly hasScript: boolean;
}

/** A whole page as one self-contained HTML file. */
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
<a class="skip" href="#main">Skip to the report</a>
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
 * The policy allows one style and one script, named by their hashes. The page can load, send and run nothing else, so
 * text that passed the escaping would still have no effect. The hashes are constants next to the texts, because this
 * folder uses no library; a test compares them.
 */
function writeSecurityPolicy(hasScript: boolean): string {
  const script = hasScript ? ` script-src '${SCRIPT_HASH}';` : '';
  return `default-src 'none';${script} style-src '${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;
}
