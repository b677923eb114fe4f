/**
 * The part of jsdom that the tests of the page use. The published types would add all browser globals, so code for the
 * function could use globals that do not exist there.
 */
declare module 'jsdom' {
  export interface PageElement {
    readonly tagName: string;
    readonly textContent: string;
    readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
    readonly children: Iterable<PageElement>;
    hidden: boolean;
    value: string;
    getAttribute(name: string): string | null;
    matches(selectors: string): boolean;
    querySelectorAll(selectors: string): Iterable<PageElement>;
    dispatchEvent(event: object): boolean;
    click(): void;
    reset(): void;
  }

  export interface PageWindow {
    readonly document: PageElement & { readonly title: string; readonly body: PageElement };
    readonly DOMParser: new () => {
      parseFromString(text: string, type: 'text/html'): PageWindow['document'];
    };
    readonly Event: new (type: string, options?: { readonly bubbles: boolean }) => object;
    dispatchEvent(event: object): boolean;
    eval(code: string): unknown;
    close(): void;
  }

  export class JSDOM {
    constructor(
      html: string,
      options?: { readonly runScripts?: 'dangerously' | 'outside-only'; readonly contentType?: 'image/svg+xml' },
    );
    readonly window: PageWindow;
  }
}
