import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { NamedFinding } from '../shared/api/books-client';

/** What did not agree, account by account; each leads to the account. */
@Component({
  selector: 'app-finding-list',
  imports: [RouterLink],
  template: `
    <ul>
      @for (finding of findings(); track $index) {
        <li>
          <p class="who">
            @if (finding.memberName; as name) {
              <a [routerLink]="['/admin/accounts', finding.accountId]">{{ name }}</a>
            } @else if (finding.accountId) {
              <strong>{{ finding.accountId }}</strong>
            } @else {
              <strong i18n>All accounts together</strong>
            }
            @if (finding.locked) {
              <span class="locked" i18n>locked</span>
            }
          </p>
          @for (words of finding.words; track $index) {
            <p class="words">{{ words }}</p>
          }
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: grid;
      gap: 12px;
    }
    .who {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 8px;
      align-items: center;
    }
    .locked {
      padding: 1px 10px;
      border: 1px solid currentcolor;
      border-radius: 999px;
      font: var(--mat-sys-label-medium);
    }
    a,
    strong {
      color: inherit;
      font-weight: 600;
    }
    .words {
      overflow-wrap: anywhere;
      font: var(--mat-sys-body-medium);
    }
  `,
})
export class FindingList {
  readonly findings = input.required<readonly NamedFinding[]>();
}
