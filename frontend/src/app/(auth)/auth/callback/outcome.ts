export type Outcome = { arrived: string } | { arrived?: undefined; title: string; text: string; toAccount?: boolean };

const ARRIVED: Record<string, string> = {
  signed_in: "You are signed in.",
  signed_up: "Your account is made, and you are signed in.",
  linked: "It is linked to your account. You can sign in with it from now on.",
};

const REFUSED: Record<string, Outcome> = {
  invalid_state: {
    title: "That took too long",
    text: "The way back from there was opened too late, twice, or in another browser. Nothing was changed. Please begin anew.",
  },
  cancelled: {
    title: "You have stopped it",
    text: "You did not let us know who you are, so nothing was changed. You can sign in with an address and a password as well.",
  },
  provider_refused: {
    title: "You were not let in there",
    text: "The other side did not confirm who you are. Please begin anew, or sign in another way.",
  },
  provider_unavailable: {
    title: "The other side does not answer",
    text: "It did not tell us who you are. That usually passes; try again in some minutes, or sign in another way.",
  },
  account_exists: {
    title: "You have an account already",
    text: "There is an account with this address, and we cannot be sure that it is yours. Sign in to it with its password, then link the other sign-in on your account's page.",
    toAccount: true,
  },
  identity_taken: {
    title: "It belongs to another account",
    text: "That sign-in is linked to another account here, or yours has another one from the same provider. Unlink that one first, then link this one.",
  },
  not_allowed: {
    title: "You could not be let in",
    text: "Either the account is closed, or you have signed out here before you came back. Sign in, then begin anew.",
    toAccount: true,
  },
};

const UNKNOWN: Outcome = {
  title: "That did not work",
  text: "We did not learn who you are, and nothing was changed. Please begin anew, or sign in another way.",
};

/** What the service's word in the address means. Only words that are known are shown: anybody can write an address. */
export function outcomeOf(status: string | null, error: string | null): Outcome {
  if (status && Object.hasOwn(ARRIVED, status)) {
    return { arrived: ARRIVED[status] ?? "" };
  }
  return (error && Object.hasOwn(REFUSED, error) && REFUSED[error]) || UNKNOWN;
}
