import { Component, inject, linkedSignal, resource, signal } from '@angular/core';
import { FormField, FormRoot, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { RouterLink } from '@angular/router';
import { MemberClient } from '../shared/api/member-client';
import { MemberNames } from '../shared/api/member-names';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Say } from '../shared/feedback/say';
import { Skeleton } from '../shared/feedback/skeleton';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { PageHeading } from '../shared/layout/page-heading';
import { SessionStore } from '../shared/session/session-store';
import { errorWords } from '../shared/wording/error-words';
import { profileFormSchema, toProfile, toProfileForm } from './profile-form';
import type { ProfileForm } from './profile-form';

const BLANK: ProfileForm = { displayName: '', about: '', skills: '', neighbourhood: '', responseTime: 48 };

/** What one tells the neighbours about oneself. */
@Component({
  selector: 'app-my-profile-page',
  imports: [
    FormField,
    FormRoot,
    LoadFailed,
    MatButton,
    MatFormFieldModule,
    MatInput,
    PageHeading,
    RouterLink,
    Skeleton,
  ],
  templateUrl: './my-profile-page.html',
})
export class MyProfilePage {
  readonly #client = inject(MemberClient);
  readonly #names = inject(MemberNames);
  readonly #session = inject(SessionStore);
  readonly #say = inject(Say);

  protected readonly member = resource({
    params: () => this.#session.member()?.id,
    loader: ({ params }) => this.#client.get(params),
  });
  protected readonly failure = signal<string | undefined>(undefined);
  readonly #written = linkedSignal(() =>
    this.member.hasValue() ? toProfileForm(this.member.value()) : BLANK,
  );
  protected readonly form = form(this.#written, profileFormSchema, {
    submission: { action: () => this.#save(), onInvalid: focusFirstError },
  });

  async #save(): Promise<undefined> {
    const memberId = this.#session.member()?.id;
    if (memberId === undefined) return;
    this.failure.set(undefined);
    try {
      this.member.set(await this.#client.change(memberId, toProfile(this.#written())));
      this.#names.forget(memberId);
      this.#say.done($localize`:@@profile.saved:Your profile is saved.`);
    } catch (error) {
      this.failure.set(errorWords(error));
    }
  }
}
