import { maxLength, pattern, required, schema, validate } from '@angular/forms/signals';
import { MAX_TEXT } from '../../../domain/commands';
import { DEFAULT_RESPONSE_HOURS, MAX_RESPONSE_HOURS, MIN_RESPONSE_HOURS } from '../../../domain/deadlines';
import { MAX_NAME, MAX_NEIGHBOURHOOD, MAX_SKILL, MAX_SKILLS } from '../../../domain/profile';
import type { Member, Profile } from '../shared/api/member-client';

/** What the form holds: skills as one line, separated by commas. */
export interface ProfileForm {
  readonly displayName: string;
  readonly about: string;
  readonly skills: string;
  readonly neighbourhood: string;
  /** Hours. */
  readonly responseTime: number;
}

export const profileFormSchema = schema<ProfileForm>((path) => {
  const nameMissing = $localize`:@@profile.name.required:Tell your neighbours what to call you.`;
  required(path.displayName, { message: nameMissing });
  pattern(path.displayName, /\S/, { message: nameMissing });
  maxLength(path.displayName, MAX_NAME, {
    message: $localize`:@@profile.tooLong:Use at most ${MAX_NAME}:count: characters.`,
  });
  maxLength(path.about, MAX_TEXT, {
    message: $localize`:@@profile.tooLong:Use at most ${MAX_TEXT}:count: characters.`,
  });
  maxLength(path.neighbourhood, MAX_NEIGHBOURHOOD, {
    message: $localize`:@@profile.tooLong:Use at most ${MAX_NEIGHBOURHOOD}:count: characters.`,
  });
  validate(path.skills, ({ value }) => {
    const skills = skillsIn(value());
    return skills.length <= MAX_SKILLS && skills.every((skill) => skill.length <= MAX_SKILL)
      ? undefined
      : {
          kind: 'skills',
          message: $localize`:@@profile.skills.tooMany:At most ${MAX_SKILLS}:count: skills, of ${MAX_SKILL}:length: characters each.`,
        };
  });
  validate(path.responseTime, ({ value }) =>
    Number.isInteger(value()) && value() >= MIN_RESPONSE_HOURS && value() <= MAX_RESPONSE_HOURS
      ? undefined
      : {
          kind: 'responseTime',
          message: $localize`:@@profile.responseTime.invalid:Whole hours, from ${MIN_RESPONSE_HOURS}:least: to ${MAX_RESPONSE_HOURS}:most:.`,
        },
  );
});

export const toProfileForm = (member: Member): ProfileForm => ({
  displayName: member.displayName,
  about: member.about,
  skills: member.skills.join(', '),
  neighbourhood: member.neighbourhood,
  responseTime: member.responseTimeHours ?? DEFAULT_RESPONSE_HOURS,
});

export const toProfile = (form: ProfileForm): Profile => ({
  displayName: form.displayName.trim(),
  about: form.about.trim(),
  skills: skillsIn(form.skills),
  neighbourhood: form.neighbourhood.trim(),
  responseTimeHours: form.responseTime,
});

/** "Bread, cakes,, Bread" is bread and cakes. */
function skillsIn(line: string): readonly string[] {
  return [
    ...new Set(
      line
        .split(',')
        .map((skill) => skill.trim())
        .filter((skill) => skill !== ''),
    ),
  ];
}
