import { ownPath } from "../access/own-path";

export type MailedNotice = {
  readonly title: string;
  /** A path of the console. */
  readonly href: string;
};

export type MailContent = { readonly subject: string; readonly text: string; readonly html: string };

/**
 * One mail about all that is new for somebody: titles and links. What people wrote is read in the console, as a comment
 * may hold what is not for mail. `address` is where the console is, as "https://steward.example.com".
 */
export function mailOf(name: string, notices: readonly MailedNotice[], address: string): MailContent {
  const lines = notices.map(({ title, href }) => ({
    title: oneLine(title),
    link: new URL(ownPath(href), address).href,
  }));
  const [first] = lines;
  const subject = lines.length > 1 ? `${first?.title}, and ${lines.length - 1} more` : (first?.title ?? "");
  const inbox = new URL("/inbox", address).href;
  const closing = "You get this mail as notices are mailed to you. You can turn that off in your inbox:";
  const text = [
    `Hello ${oneLine(name)},`,
    ...lines.map(({ title, link }) => `${title}\n${link}`),
    `${closing}\n${inbox}`,
    "",
  ].join("\n\n");
  const items = lines.map(({ title, link }) => `<li><a href="${escaped(link)}">${escaped(title)}</a></li>`);
  const html = [
    `<p>Hello ${escaped(oneLine(name))},</p>`,
    `<ul>${items.join("")}</ul>`,
    `<p><small>${closing} <a href="${escaped(inbox)}">inbox</a></small></p>`,
  ].join("\n");
  return { subject, text, html };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
