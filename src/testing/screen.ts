import { Component } from '@angular/core';
import type { Provider, Type } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { MATERIAL_ANIMATIONS } from '@angular/material/core';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { SessionStore } from '../app/shared/session/session-store';
import type { FakeBackend } from './fake-clients';

/** A page under test, found by what a member perceives: roles, names and labels. */
export class Screen {
  readonly fixture: ComponentFixture<unknown>;
  readonly #root: HTMLElement;

  constructor(fixture: ComponentFixture<unknown>) {
    this.fixture = fixture;
    this.#root = fixture.nativeElement as HTMLElement;
  }

  /** Waits until nothing is under way any more. */
  async settle(): Promise<void> {
    for (let round = 0; round < 5; round++) {
      await this.fixture.whenStable();
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  get text(): string {
    return spaced(this.#root.textContent);
  }

  heading(name: string): HTMLElement {
    return this.#one('h1, h2, h3', name);
  }

  headings(level: 1 | 2 | 3): readonly string[] {
    return [...this.#root.querySelectorAll(`h${level}`)].map((element) => spaced(element.textContent));
  }

  button(name: string): HTMLButtonElement {
    return this.#one('button', name, document.body) as HTMLButtonElement; // by its selector
  }

  /** Names of all buttons on the page, in order. */
  get buttons(): readonly string[] {
    return [...this.#root.querySelectorAll('button')].map(nameOf);
  }

  link(name: string): HTMLAnchorElement {
    return this.#one('a', name) as HTMLAnchorElement; // by its selector
  }

  /** The input or textarea with a label. */
  field(label: string): HTMLInputElement {
    for (const scope of [this.#root, document.body]) {
      const labelled = [...scope.querySelectorAll<HTMLElement>('label')].find(
        (element) => spaced(element.textContent).replace(/ ?\*$/, '') === label,
      );
      const field = document.getElementById(labelled?.getAttribute('for') ?? '');
      if (field) return field as HTMLInputElement;
    }
    throw new Error(`There is no field "${label}" in: ${this.text}`);
  }

  /** What is said aloud: alerts and status messages with words in them. */
  get announced(): readonly string[] {
    return [...this.#root.querySelectorAll('[role=alert], [role=status]')]
      .map((element) => spaced(element.textContent))
      .filter((words) => words !== '');
  }

  /** What a snack bar says. */
  get said(): string {
    return spaced(document.querySelector('mat-snack-bar-container')?.textContent ?? '');
  }

  async press(name: string): Promise<void> {
    this.button(name).click();
    await this.settle();
  }

  /** Presses a button of a part of the page or of a dialog, where another has the same name. */
  async pressIn(selector: string, name: string): Promise<void> {
    const part = document.querySelector<HTMLElement>(selector);
    if (!part) throw new Error(`There is no ${selector} in: ${this.text}`);
    this.#one('button', name, part).click();
    await this.settle();
  }

  async type(label: string, text: string): Promise<void> {
    const field = this.field(label);
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    field.dispatchEvent(new Event('blur'));
    await this.settle();
  }

  /** Chooses among radio buttons. */
  async choose(label: string): Promise<void> {
    this.field(label).click();
    await this.settle();
  }

  /** The radio button whose label begins with some words, where more follows. */
  radioStarting(words: string): HTMLInputElement {
    const label = [...document.querySelectorAll('mat-radio-button label')].find((element) =>
      spaced(element.textContent).startsWith(words),
    );
    const radio = document.getElementById(label?.getAttribute('for') ?? '');
    if (!radio) throw new Error(`There is no radio button "${words}…" in: ${this.text}`);
    return radio as HTMLInputElement; // what the label of a radio button is for
  }

  async chooseStarting(words: string): Promise<void> {
    this.radioStarting(words).click();
    await this.settle();
  }

  /** Moves a slider. */
  async slide(label: string, value: number): Promise<void> {
    const slider = document.querySelector<HTMLInputElement>(`input[type=range][aria-label="${label}"]`);
    if (!slider) throw new Error(`There is no slider "${label}" in: ${this.text}`);
    slider.value = String(value);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    slider.dispatchEvent(new Event('change', { bubbles: true }));
    await this.settle();
  }

  #one(selector: string, name: string, root: HTMLElement = this.#root): HTMLElement {
    const found = [...root.querySelectorAll<HTMLElement>(selector)].filter(
      (element) => nameOf(element) === name,
    );
    const [first] = found;
    if (!first) throw new Error(`There is no ${selector} "${name}" in: ${this.text}`);
    return first;
  }
}

/** Wherever a page leads that is not under test. */
@Component({ selector: 'app-elsewhere', template: '' })
class Elsewhere {}

const spaced = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim();

function nameOf(element: Element): string {
  return spaced(element.getAttribute('aria-label') ?? element.textContent);
}

/** Opens a page at an address over fakes, as a member who is signed in. */
export async function openPage(
  page: Type<unknown>,
  backend: FakeBackend,
  {
    path = 'page',
    url = `/${path}`,
    providers = [],
  }: { path?: string; url?: string; providers?: Provider[] } = {},
): Promise<Screen> {
  TestBed.configureTestingModule({
    providers: [
      ...backend.providers,
      ...providers,
      // A dialog closes when it is told to, not when it has faded.
      { provide: MATERIAL_ANIMATIONS, useValue: { animationsDisabled: true } },
      provideRouter(
        [
          { path, component: page },
          { path: '**', component: Elsewhere },
        ],
        withComponentInputBinding(),
      ),
    ],
  });
  await TestBed.inject(SessionStore).restore();
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url);
  const screen = new Screen(harness.fixture);
  await screen.settle();
  return screen;
}
