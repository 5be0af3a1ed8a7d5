"use client";
import { GuestsNeedAccount, RequireUser } from "@/lib/session/require-user";
import { Address } from "./address";
import { ApiKeys } from "./api-keys";
import { DeleteAccount } from "./delete-account";
import { DeleteGuest } from "./delete-guest";
import { DownloadData } from "./download-data";
import { Identities } from "./identities";
import { Password } from "./password";
import { Section } from "./section";
import { Sessions } from "./sessions";

export function Account() {
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <h1 className="title">Account</h1>
      <RequireUser
        what="your account"
        guests={
          <>
            <GuestsNeedAccount>
              You write as a guest. With an account your piece is kept, and you can write more; without one it is
              deleted after some days.
            </GuestsNeedAccount>
            <Section id="data" title="Your data" lead="Everything that is kept about you, in one file.">
              <DownloadData />
            </Section>
            <Section id="delete" title="Delete everything" danger>
              <DeleteGuest />
            </Section>
          </>
        }
      >
        {(user) => (
          <>
            <Section id="you" title="Name and address">
              <Address user={user} />
            </Section>
            <Section
              id="password"
              title="Password"
              lead={
                user.has_password
                  ? "When it is changed, all other sessions end."
                  : "Your account has none yet, as you sign in by way of another service."
              }
            >
              <Password user={user} />
            </Section>
            <Section id="sign-ins" title="Other ways to sign in" lead="Accounts elsewhere that let you in here.">
              <Identities />
            </Section>
            <Section id="sessions" title="Where you are signed in">
              <Sessions />
            </Section>
            <Section id="keys" title="API keys" lead="For programs of your own that read or write pieces.">
              <ApiKeys tier={user.tier} />
            </Section>
            <Section id="data" title="Your data" lead="Everything that is kept about you, in one file.">
              <DownloadData />
            </Section>
            <Section id="delete" title="Delete the account" danger>
              <DeleteAccount user={user} />
            </Section>
          </>
        )}
      </RequireUser>
    </div>
  );
}
