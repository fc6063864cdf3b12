import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { inSchool } from '../../src/store/database';
import { playDialogue } from '../support/dialogue';
import { type Started, startProgram } from '../support/program';
import { openBrowser, openPage, SHOTS, seriousFindings } from './browser';

const LESSON = 'Sat 28 Nov, 3:00pm';
let program: Started;
let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  program = await startProgram('2026-11-24T14:00:00+11:00');
  browser = await openBrowser();
  ({ page, faults } = await openPage(browser, program.running.url));
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

const phone = (number: string) => page.locator('article.phone').filter({ hasText: number });
const mia = () => phone('+61 491 570 156');
const priya = () => phone('+61 491 570 313');
const last = (of: Locator) => of.locator('.bubble.theirs').last();

async function type(of: Locator, words: string): Promise<void> {
  await of.getByRole('textbox').fill(words);
  await of.getByRole('textbox').press('Enter');
  await of.locator('.typing').waitFor({ state: 'detached' });
}

async function tap(of: Locator, name: string | RegExp): Promise<void> {
  await of.getByRole('button', { name }).click();
  await of.locator('.typing').waitFor({ state: 'detached' });
}

const says = (of: Locator, words: string) => last(of).filter({ hasText: words }).waitFor();
const shot = (of: Page, name: string) => of.screenshot({ path: join(SHOTS, `${name}.png`) });

describe('a stranger on the phones page', () => {
  it('sees three phones, a hint on each, and the school they text', async () => {
    expect(await page.locator('article.phone').count()).toBe(3);
    expect(await page.getByText('Bayside Driving').first().isVisible()).toBe(true);
    await mia().getByRole('button', { name: 'book 1 hour tues arvo' }).click();
    expect(await mia().getByRole('textbox').inputValue()).toBe('book 1 hour tues arvo');
    expect(await mia().locator('.count').textContent()).toBe('21/160, 1 SMS');
    await shot(page, 'first-1280');
  });

  it('books by tapping what is offered, and is told the deposit', async () => {
    await type(mia(), 'hi can i get a lesson sat arvo');
    await type(mia(), 'mia');
    await tap(mia(), /^3 3:00pm Priya/);
    await says(mia(), `${LESSON}, 60 min with Priya? Reply YES`);
    await tap(mia(), 'YES');
    await says(mia(), 'Held until Wed 25 Nov, 2:00pm');
    await last(mia()).getByText('Delivered').waitFor();
    await shot(page, 'held-1280');
  });

  it('reads why: what was heard, where it went, what was written', async () => {
    await mia()
      .getByRole('button', { name: /^Why\? hi can i get/ })
      .click();
    const why = page.getByRole('region', { name: 'Why' });
    await why.getByText('Sat 28 Nov', { exact: true }).waitFor();
    const words = await why.innerText();
    for (const part of [
      'book',
      '12:00 to 17:00',
      '"arvo" is 12:00 to 17:00',
      'register.name',
      'say.welcome',
      'sms_logs',
      ' ms',
    ])
      expect(words).toContain(part);
  });

  it('pays a wrong reference, then right', async () => {
    const bank = page.getByRole('region', { name: 'Bank' });
    await bank.getByRole('button', { name: 'Wrong reference' }).click();
    await bank.getByText('Kept for a person').waitFor();
    await page.getByRole('button', { name: /got a text/ }).waitFor();
    await bank.getByRole('button', { name: 'Send the deposit, $20' }).click();
    await says(mia(), `Booked: ${LESSON}`);
    await bank.getByText('No deposit is open').waitFor();
  });

  it('moves the clock to the lesson and types the code; the instructor hears of it', async () => {
    await page.getByRole('button', { name: 'Lesson start' }).click();
    await page.getByText('Sat 28 Nov \u00b7 AEDT').waitFor();
    await priya().getByText(`New: ${LESSON} Mia`).waitFor();
    await mia().getByText('Your start code is').waitFor();
    await tap(mia(), /^\d{6}$/);
    await says(mia(), 'your lesson with Priya has started');
    await says(priya(), 'Mia texted the code');
    await shot(page, 'started-1280');
  });

  it('is shown that CANCEL would opt the phone out before it is sent, and that nothing answers after', async () => {
    const leo = page.locator('article.phone').nth(1);
    await leo.getByRole('textbox').fill('cancel');
    await leo.getByText('CANCEL is a carrier word: it opts this phone out').waitFor();
    await shot(page, 'cancel-1280');
    await leo.getByRole('textbox').press('Enter');
    await leo.getByText('You have successfully been unsubscribed').waitFor();
    await leo.getByText('Opted out').waitFor();
    await leo.getByRole('textbox').fill('hello?');
    await leo.getByText('no reply can reach it').waitFor();
    await leo.getByRole('textbox').fill('');
  });

  it('brings back with arrow up what was sent', async () => {
    const input = mia().getByRole('textbox');
    await input.focus();
    await input.press('ArrowUp');
    await input.press('ArrowUp');
    await input.press('ArrowUp');
    expect(await input.inputValue()).toBe('3');
    await input.press('ArrowDown');
    expect(await input.inputValue()).toBe('YES');
    await input.fill('');
  });

  it('makes Twilio fail and sees that the text is tried again', async () => {
    await page.getByText('Faults').click();
    await page.getByRole('button', { name: 'Make it so' }).click();
    await page.getByText('Answers 500, text not taken: next text').waitFor();
    await type(priya(), 'today');
    await priya().getByText('No answer from Twilio').waitFor();
    await page.getByRole('button', { name: 'Next event' }).click();
    await says(priya(), 'Sat 28 Nov:');
    await priya().getByText('No answer from Twilio').waitFor({ state: 'detached' });
  });

  it('adds an unknown phone and takes it away by keyboard alone', async () => {
    await page.getByRole('button', { name: 'Add a phone' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Or any number, known or not').fill('0491 571 266');
    await page.keyboard.press('Enter');
    const added = phone('+61 491 571 266');
    await added.waitFor();
    expect(await added.getByRole('textbox').evaluate((one) => one.matches(':focus'))).toBe(true);
    await added.getByRole('button', { name: 'Remove' }).focus();
    await page.keyboard.press('Enter');
    await added.waitFor({ state: 'detached' });
  });

  it('wears the colours that are chosen, also after it is loaded again', async () => {
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.getByRole('button', { name: /^Colours: system/ }).click();
    await page.getByRole('button', { name: /^Colours: light/ }).click();
    await page.reload();
    await page.getByRole('button', { name: /^Colours: dark/ }).waitFor();
    expect(await background()).not.toBe(light);
    await page.getByRole('button', { name: /^Colours: dark/ }).click();
    expect(await background()).toBe(light);
    await mia().getByText('your lesson with Priya has started').waitFor();
  });

  it('lets a phone text another school, whose answers have a thread of their own', async () => {
    const id = randomUUID();
    const made = `insert into schools (id, name, timezone, state, phone, owner_phone, payid, created_at)
      values (?, 'Westside Driving', 'Australia/Perth', 'WA', '+61491571804', '+61491570737', 'pay@west.example', ?)`;
    await inSchool(program.database.db, id, (tx) => tx.raw(made, [id, new Date()]));
    await mia().getByLabel('Texts this school').selectOption('Westside Driving');
    await type(mia(), 'hello');
    await says(mia(), "Westside Driving's booking line");
    expect(await mia().locator('.bubble').count()).toBe(2);
    await mia().getByLabel('Texts this school').selectOption('Bayside Driving');
    await mia().getByText('your lesson with Priya has started').waitFor();
  });

  it('saves it all as a dialogue that replays as it is', async () => {
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save as dialogue' }).click();
    const path = join(mkdtempSync(join(tmpdir(), 'dialogue-')), 'saved.txt');
    await (await coming).saveAs(path);

    await playDialogue(path);
  });

  it.each([
    [1280, false],
    [1280, true],
    [375, false],
    [375, true],
    [320, true],
  ])('reads well at %i px (dark: %s): axe finds nothing serious, nothing sticks out', async (width, dark) => {
    const other = await openPage(browser, program.running.url, { width, height: width > 700 ? 860 : 780, dark });
    await other.page.locator('.phone .bubble').first().waitFor();
    await shot(other.page, `phones-${width}${dark ? '-dark' : ''}`);
    const why = other.page.locator('.phone .why-button').first();
    await why.click();
    await other.page.locator('.step').first().waitFor();
    await shot(other.page, `why-${width}${dark ? '-dark' : ''}`);

    expect(await seriousFindings(other.page)).toEqual([]);
    expect(await other.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await other.page.getByRole('button', { name: /^Add a phone/ }).click();
    expect(await seriousFindings(other.page)).toEqual([]);
    expect(other.faults).toEqual([]);
    await other.page.close();
  });

  it('has nothing that the browser refused or could not run', () => {
    expect(faults).toEqual([]);
  });
});
