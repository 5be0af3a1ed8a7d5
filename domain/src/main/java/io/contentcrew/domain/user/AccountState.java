package io.contentcrew.domain.user;

/** Whether an account may be used. In every state but the first nobody is let in by it. */
public enum AccountState {
  /** It may. */
  ACTIVE,
  /** An operator has closed it for now. */
  DISABLED,
  /** Its owner has deleted it; its data is still there for a while. */
  DELETED
}
