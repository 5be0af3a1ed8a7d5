package io.contentcrew.app.faults;

import io.contentcrew.app.faults.Api.Session;
import io.contentcrew.app.faults.History.Call;
import java.util.function.Supplier;

/** An account, and the session that its owner has now. Safe for use by many threads. */
final class Account {
  private static final String PASSWORD = "canary-password correct horse";
  private static final int TRIES = 5;

  private final Api api;
  private final String address;
  private volatile Session session = Session.NOBODY;

  /** An account to be made. */
  Account(Api api, String address) {
    this.api = api;
    this.address = address;
    api.history().secret("the address " + address.hashCode(), address);
    api.history().secret("the password of all accounts", PASSWORD);
  }

  Session session() {
    return session;
  }

  /** The account's id; empty before it was made. */
  String id() {
    return session.user();
  }

  Call signUp(Instance at) {
    return signedIn(api.signUp(at, address, PASSWORD));
  }

  /** Makes it, and tries again where a program would; returns whether there is one now. */
  boolean open(Supplier<Instance> anywhere) throws InterruptedException {
    Call answer = signUp(anywhere.get());
    for (int i = 0; i < TRIES && !answer.succeeded(); i++) {
      Thread.sleep(300);
      answer =
          answer.status() == 409 // an answer that was lost had made the account
              ? signIn(anywhere.get())
              : signUp(anywhere.get());
    }
    return answer.succeeded();
  }

  Call signIn(Instance at) {
    return signedIn(api.logIn(at, address, PASSWORD));
  }

  /** A session besides the one its owner has. */
  Call signInBesides(Instance at) {
    return api.logIn(at, address, PASSWORD);
  }

  private Call signedIn(Call answer) {
    if (answer.succeeded()) {
      session = api.session(answer);
    }
    return answer;
  }
}
