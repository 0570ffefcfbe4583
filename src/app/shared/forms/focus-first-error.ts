import type { FieldTree } from '@angular/forms/signals';

/** Leads to the first field that is not right, so that nobody has to look for it. */
export function focusFirstError(form: FieldTree<unknown>): void {
  form().errorSummary()[0]?.fieldTree().focusBoundControl();
}
