/** The members that the start command makes on one machine; their password is no secret. */
export const DEMO_PASSWORD = 'HourBank-demo-1';

export const DEMO_MEMBERS = [
  { email: 'requester@hourbank.test', label: $localize`:@@demo.requester:Requester` },
  { email: 'provider@hourbank.test', label: $localize`:@@demo.provider:Provider` },
  { email: 'admin@hourbank.test', label: $localize`:@@demo.admin:Admin` },
] as const;
