import { confirmationCode } from './house.ts';
import type { House } from './house.ts';
import { makeAdmin } from './make-admin.ts';
import { Member } from './member.ts';

export const DEMO_PASSWORD = 'HourBank-demo-1';

interface DemoOffer {
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly rate: number;
  readonly place: string;
}

interface DemoMember {
  readonly email: string;
  readonly name: string;
  readonly profile: Readonly<Record<string, unknown>>;
  readonly offers: readonly DemoOffer[];
  readonly admin?: true;
}

const DEMO_MEMBERS: readonly DemoMember[] = [
  {
    email: 'requester@hourbank.test',
    name: 'Rosa Lindqvist',
    profile: {
      about: 'Translator with two children and a balcony full of tomatoes.',
      skills: ['Swedish', 'French', 'Proofreading'],
      neighbourhood: 'Canal Street',
    },
    offers: [
      {
        title: 'Swedish conversation over coffee',
        description: 'From first words to reading the news. We meet wherever there is coffee.',
        category: 'LANGUAGES',
        rate: 1,
        place: 'EITHER',
      },
      {
        title: 'Proofreading of letters and applications',
        description: 'Send me your text, I send it back readable. English, French and Swedish.',
        category: 'OFFICE',
        rate: 1,
        place: 'ONLINE',
      },
    ],
  },
  {
    email: 'provider@hourbank.test',
    name: 'Paul Okafor',
    profile: {
      about: 'Retired carpenter. I have the tools and the time.',
      skills: ['Carpentry', 'Bicycles', 'Gardening'],
      neighbourhood: 'Mill Lane',
    },
    offers: [
      {
        title: 'Bicycle tune-up',
        description: 'Brakes, gears, chain and tyres. Parts at cost, the work in hours.',
        category: 'REPAIRS',
        rate: 1,
        place: 'IN_PERSON',
      },
      {
        title: 'Help in the garden',
        description: 'Hedges, lawns, raised beds. I bring my own tools and a flask of tea.',
        category: 'HOME_AND_GARDEN',
        rate: 1,
        place: 'IN_PERSON',
      },
      {
        title: 'Furniture assembled or mended',
        description: 'Flat packs, wobbly chairs, doors that stick.',
        category: 'REPAIRS',
        rate: 1.25,
        place: 'IN_PERSON',
      },
    ],
  },
  {
    email: 'admin@hourbank.test',
    name: 'Amira Haddad',
    profile: {
      about: 'I keep the time bank running, and I teach the piano.',
      skills: ['Piano', 'Mediation'],
      neighbourhood: 'Station Square',
    },
    offers: [
      {
        title: 'Piano lessons for beginners',
        description: 'For children and for those who always wanted to. A keyboard at home is enough.',
        category: 'LESSONS',
        rate: 1,
        place: 'EITHER',
      },
      {
        title: 'Phone and computer first aid',
        description: 'Backups, updates, photos that went missing. Patiently, and without jargon.',
        category: 'TECHNOLOGY',
        rate: 1,
        place: 'EITHER',
      },
    ],
    admin: true,
  },
];

const ENSURE_MEMBER =
  'mutation Ensure($displayName: String) { ensureMember(displayName: $displayName) { id } }';
const CREATE_OFFER = 'mutation Offer($input: CreateServiceInput!) { createService(input: $input) { id } }';
const UPDATE_PROFILE = 'mutation Profile($input: UpdateUserInput!) { updateUser(input: $input) { id } }';
const OFFERS_OF = `query Offers($providerId: ID!) { servicesByProvider(providerId: $providerId) { items { title } } }`;

/** Creates the demo members and their offers through the public API, as anybody would; what exists already stays. */
export async function inviteDemoMembers(house: House): Promise<void> {
  for (const demo of DEMO_MEMBERS) {
    const member = await signUpOrIn(house, demo);
    await member.run(ENSURE_MEMBER, { displayName: demo.name });
    if (await hasOffers(member)) continue;
    await member.run(UPDATE_PROFILE, { input: { id: member.id, ...demo.profile } });
    for (const offer of demo.offers) await member.run(CREATE_OFFER, { input: { ...offer, active: true } });
  }
}

async function signUpOrIn(house: House, demo: DemoMember): Promise<Member> {
  const account = { email: demo.email, password: DEMO_PASSWORD, name: demo.name };
  try {
    const member = await Member.signUp(account, (email) => confirmationCode(house.gatewayUrl, email));
    if (demo.admin) await makeAdmin(house.gatewayUrl, house.outputs.auth.user_pool_id, demo.email);
    return member;
  } catch (error) {
    if ((error as Error).name !== 'UsernameExistsException') throw error;
    return Member.signIn(demo.email, DEMO_PASSWORD);
  }
}

async function hasOffers(member: Member): Promise<boolean> {
  const { servicesByProvider } = await member.run<{ servicesByProvider: { items: unknown[] } }>(OFFERS_OF, {
    providerId: member.id,
  });
  return servicesByProvider.items.length > 0;
}
