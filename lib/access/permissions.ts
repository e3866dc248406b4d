import { DomainError } from "../errors";

export const roles = ["viewer", "support", "author", "reviewer", "privacy", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

/** Roles whose verdicts a policy may ask for. */
export const approvingRoles = ["reviewer", "privacy", "operator"] as const satisfies readonly Role[];
export type ApprovingRole = (typeof approvingRoles)[number];

export const permissions = [
  "segment.read",
  "segment.write",
  "version.submit",
  "version.review",
  "comment.write",
  "version.release",
  "version.break-glass",
  "segment.rollback",
  "segment.kill",
  "freeze.write",
  // Approval policies: those who answer for what is asked, never one of them alone.
  "policy.write",
  "environment.write",
  "preview.run",
  "catalogue.read",
  "catalogue.write",
  // Purposes and regions: what guards rest on, so not for those whose segments they guard.
  "guard.write",
  "customer.read",
  "customer.unmask",
  // Merging, parting, what names a customer, and what the law asks of a person's data.
  "customer.write",
  // To say a customer's score instead of the model.
  "score.override",
  "customer.import",
  "consumer.read",
  "consumer.write",
  "audit.read",
  "webhook.read",
  "webhook.write",
  "people.read",
  "people.write",
] as const;
export type Permission = (typeof permissions)[number];

const everyone: readonly Permission[] = ["segment.read", "preview.run", "catalogue.read", "consumer.read"];

/** Who may do what. A person with several roles may do what any of them may. */
export const permissionsByRole = {
  viewer: everyone,
  support: [...everyone, "customer.read"],
  author: [...everyone, "comment.write", "segment.write", "version.submit", "catalogue.write", "customer.import"],
  reviewer: [...everyone, "comment.write", "version.review", "version.release", "audit.read"],
  privacy: [
    ...everyone,
    "comment.write",
    "guard.write",
    "policy.write",
    "version.review",
    "customer.read",
    "customer.unmask",
    "customer.write",
    "audit.read",
  ],
  operator: [
    ...everyone,
    "comment.write",
    "version.review",
    "version.release",
    "segment.rollback",
    "segment.kill",
    "freeze.write",
    "environment.write",
    "consumer.write",
    "score.override",
    "customer.import",
    "audit.read",
    "webhook.read",
  ],
  admin: [
    ...everyone,
    "comment.write",
    "catalogue.write",
    "guard.write",
    "consumer.write",
    "customer.read",
    "customer.write",
    "score.override",
    "customer.import",
    "audit.read",
    "webhook.read",
    "webhook.write",
    "people.read",
    "people.write",
    "policy.write",
    "freeze.write",
    "environment.write",
    "segment.kill",
    "version.break-glass",
  ],
} as const satisfies Record<Role, readonly Permission[]>;

export function can(actor: { readonly roles: readonly Role[] }, permission: Permission): boolean {
  return actor.roles.some((role) => (permissionsByRole[role] as readonly Permission[]).includes(permission));
}

/** Throws `forbidden` and names the roles that would do. */
export function requirePermission(actor: { readonly roles: readonly Role[] }, permission: Permission): void {
  if (can(actor, permission)) return;
  const wanted = roles.filter((role) => (permissionsByRole[role] as readonly Permission[]).includes(permission));
  throw new DomainError("forbidden", `This needs one of the roles: ${wanted.join(", ")}.`, {
    reason: "missing-permission",
    detail: { permission, roles: wanted },
  });
}
