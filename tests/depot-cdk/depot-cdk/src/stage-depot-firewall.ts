/** AWS managed rule groups of a firewall. documented: deployments-cdk/depot-cdk/firewall; the list is longer there. */
export enum StageDepotAwsManagedWafRule {
  /** documented: deployments-cdk/depot-cdk/firewall. */
  AWSManagedRulesCommonRuleSet = "AWSManagedRulesCommonRuleSet",
  /** documented: deployments-cdk/depot-cdk/firewall. */
  AWSManagedRulesKnownBadInputsRuleSet = "AWSManagedRulesKnownBadInputsRuleSet",
  /** documented: deployments-cdk/depot-cdk/firewall. */
  AWSManagedRulesAdminProtectionRuleSet = "AWSManagedRulesAdminProtectionRuleSet",
  /** inferred: a rule group of AWS; the documented members carry the names of such groups. */
  AWSManagedRulesSQLiRuleSet = "AWSManagedRulesSQLiRuleSet",
  /** inferred: a rule group of AWS; the documented members carry the names of such groups. */
  AWSManagedRulesLinuxRuleSet = "AWSManagedRulesLinuxRuleSet",
  /** inferred: a rule group of AWS; the documented members carry the names of such groups. */
  AWSManagedRulesUnixRuleSet = "AWSManagedRulesUnixRuleSet",
  /** inferred: a rule group of AWS; the documented members carry the names of such groups. */
  AWSManagedRulesWindowsRuleSet = "AWSManagedRulesWindowsRuleSet",
  /** inferred: a rule group of AWS; the documented members carry the names of such groups. */
  AWSManagedRulesPHPRuleSet = "AWSManagedRulesPHPRuleSet",
  /** inferred: a rule group of AWS; the documented members carry the names of such groups. */
  AWSManagedRulesWordPressRuleSet = "AWSManagedRulesWordPressRuleSet",
  /** inferred: a rule group of AWS; the documented members carry the names of such groups. */
  AWSManagedRulesAmazonIpReputationList = "AWSManagedRulesAmazonIpReputationList",
  /** inferred: a rule group of AWS; the documented members carry the names of such groups. */
  AWSManagedRulesAnonymousIpList = "AWSManagedRulesAnonymousIpList",
}

/** documented: deployments-cdk/depot-cdk/firewall. */
export interface FirewallIpAddresses {
  /** documented: deployments-cdk/depot-cdk/firewall; if given, only these pass. */
  readonly allowed?: readonly string[];
  /** documented: deployments-cdk/depot-cdk/firewall. */
  readonly blocked?: readonly string[];
}

/** What both spellings of the managed rules have in common. */
export interface FirewallBase {
  /** documented: deployments-cdk/depot-cdk/firewall. */
  readonly ipAddresses?: FirewallIpAddresses;
}

/** documented: deployments-cdk/depot-cdk/gateways, and the prose of the firewall page. */
export interface FirewallWithManagedRules extends FirewallBase {
  readonly managedRules?: readonly StageDepotAwsManagedWafRule[];
  readonly managedWafRules?: never;
}

/** documented: the sample of deployments-cdk/depot-cdk/firewall. */
export interface FirewallWithManagedWafRules extends FirewallBase {
  readonly managedWafRules: readonly StageDepotAwsManagedWafRule[];
  readonly managedRules?: never;
}

/**
 * A firewall; an empty object turns Depot's own selection on.
 *
 * documented: deployments-cdk/depot-cdk/firewall. The pages disagree on the name of the managed rules, so both are taken.
 * inferred: that the two names exclude each other.
 */
export type Firewall = FirewallWithManagedRules | FirewallWithManagedWafRules;
