// What the model's documentation states as facts about values: patterns, lengths, ranges and words. Only whole lines and sentences of
// a known form count; what is stated in two ways, or contradicted by a default or an example, is left out.
import { spawnSync } from "node:child_process";

const NUMBER = "(-?\\d[\\d,]*(?:\\.\\d+)?)";
const UNIT = "(?: (?:seconds?|minutes?|hours?|days?|weeks?|years?|milliseconds?|items?|characters|bytes|KiB|MiB|GiB|MiB/s|MiBps|MBps|percent))?";
const TO = "(?: to | and | ?[-–] ?)";

/** What a line or sentence may be, whole, and what it states: in the words of an API's reference, or, `said`, in prose. */
const FORMS = [
  ["length", "", "Length (?:Constraints?)?: Minimum length(?: of| is)? N(?: bytes)?\\. Maximum length(?: of| is)? N(?: bytes)?"],
  ["exact", "", "Length Constraints: Fixed length of N"],
  ["most", "", "Length Constraints?: Maximum length of N(?: bytes)?"],
  ["items", "", "Array Members: Minimum number of N items?\\. Maximum number of N items?"],
  ["range", "", "Valid Range: Minimum value of N\\. Maximum value of N"],
  ["least", "", "Minimum(?: value| length| size)?: NU"],
  ["greatest", "", "Maximum(?: value| length| size)?: NU"],
  ["length", "said", "(?:Constraints: )?Minimum length(?: of| is)? N\\. Maximum length(?: of| is)? N"],
  ["length", "said", "(?:Constraints: )?Must contain (?:from )?NTON characters"],
  ["length", "said", "(?:The \\w+ can contain |This value must be |This field accepts any string input with a length of )NTON characters(?: long)?"],
  ["length", "said", "(?:[^.]*, and |The \\w+ )must be between NTON characters(?: long)?"],
  ["length", "said", "This string has a minimum length of N characters and and? ?a maximum length of N characters"],
  ["length", "said", "(?:You can specify a|A) value that is NTON Unicode characters in length"],
  ["most", "said", "(?:Constraints: )?(?:The )?Maximum length(?: of| is|:) N(?: characters| bytes)?"],
  ["most", "said", "(?:Constraints: )?Up to N (?:ASCII )?characters(?: in length)?"],
  ["most", "said", "It can (?:include|contain|be) (?:up to|no more than) N (?:characters|letters)(?: long)?"],
  ["most", "said", "(?:Contain N characters or fewer|Can't be longer than N characters|Descriptions can have up to N characters)"],
  ["most", "said", "The (?:comment|value|name|description|string) (?:cannot|can't) be longer than N characters"],
  ["most", "said", "The (?:name|description) has a maximum of N characters"],
  ["range", "said", "(?:The )?valid (?:values?|range)(?::| is| are|)(?: from| between)? NUTONU"],
  ["range", "said", "The range is(?: from)? NUTONU"],
  ["range", "said", "(?:Constraints: )?(?:A value between|(?:The value )?Must be (?:a value |an integer )?(?:from|between)|Values must be from) NUTONU"],
  ["range", "said", "(?:Constraints: )?Value must be at least N and no more than N"],
  ["range", "said", "(?:You (?:may|can) specify|You can specify a value|Enter a value|Specify a value) between NUTONU"],
  ["range", "said", "You can specify an integer(?: value)? (?:from|of|between) NUTONU"],
  ["range", "said", "This can be a number from NTON"],
  ["range", "said", "This value can be any numeric constant NTON"],
  ["greatest", "said", "The maximum (?:allowed )?value is NU"],
].map(([kind, said, form]) => {
  const numbers = form.replaceAll("NU", `${NUMBER}${UNIT}`).replaceAll(/N(?=TO)/g, NUMBER).replaceAll("TON", `${TO}${NUMBER}`).replaceAll(`TO${NUMBER}`, `${TO}${NUMBER}`);
  return { kind, said: said === "said", form: new RegExp(`^${numbers.replaceAll(/\bN\b/g, NUMBER)}\\.?$`, "i") };
});

const number = (text) => Number(text.replaceAll(",", ""));

/** Lines and sentences, without the marks of lists, of emphasis, and of code around numbers. */
function statements(text) {
  const lines = text
    .split(/\n+/)
    .map((line) => line.replace(/^[-*>] +/, "").replaceAll(/\*(\w[^*]*?)\*/g, "$1").replaceAll(/`(-?[\d,.]+)`/g, "$1"))
    .map((line) => line.replaceAll(/ \([^)]*\)/g, "").replaceAll(/ ([:.,])/g, "$1").replace(/:([^ ])/, ": $1").trim());
  const sentences = lines.flatMap((line) => line.split(/(?<=\.) +(?=[A-Z])/));
  return [...new Set([...lines, ...sentences])];
}

const timeUnits = (text) => new Set([...text.matchAll(/(milli)?(second|minute|hour|day|week|month|year)/gi)].map((one) => one[0].toLowerCase()));

/** Whether bounds in `statement` are in a unit of time that the property may not be counted in. */
function otherUnit(statement, whole) {
  const [unit] = timeUnits(statement);
  return unit !== undefined && timeUnits(whole.replaceAll(/\([^)]*\)/g, "")).size > 1;
}

/** The bounds that the text states: kind → { low, high, said }; `clash`: two statements differ. */
function boundsOf(text, name) {
  const found = { length: {}, items: {}, range: {}, open: {} };
  const note = (kind, said, low, high) => {
    const bounds = found[kind];
    bounds.clash ||= (low !== undefined && bounds.low !== undefined && bounds.low !== low) || (high !== undefined && bounds.high !== undefined && bounds.high !== high);
    bounds.said ||= said;
    bounds.low ??= low;
    bounds.high ??= high;
  };
  for (const statement of statements(text)) {
    for (const { kind, said, form } of FORMS) {
      const match = form.exec(statement);
      if (!match) continue;
      if (otherUnit(statement, `${name} ${text}`)) break;
      const [low, high] = match.slice(1).map((one) => one && number(one));
      if (kind === "most") note("length", said, undefined, low);
      else if (kind === "exact") note("length", said, low, low);
      else if (kind === "least") note("open", said, low);
      else if (kind === "greatest") note("open", said, undefined, low);
      else note(kind, said, low, high);
      break;
    }
  }
  return found;
}

/** Defaults and examples: what certainly is allowed. */
function samples(text, given) {
  const words = [...text.matchAll(/(?:defaults?(?: value)?|examples?|e\.g\.|such as|set(?:ting)?(?: it| this)? to|specify|a value of)[^`.\n]{0,40}`([^`]+)`/gi)].map((one) => one[1]);
  const numbers = [...text.matchAll(/(?:defaults?(?: value)?|set(?:ting)?(?: it| this)? to|specify|a value of|either|or)(?: is| of|:|,)? *`?(-?\d[\d,]*(?:\.\d+)?)/gi)].map((one) => number(one[1]));
  if (typeof given === "number") numbers.push(given);
  if (typeof given === "string") words.push(given);
  return { words, numbers };
}

/** Whether depotc's regular expressions, which are Perl's, take it: grep ends with 2 if there is a mistake in it. */
const compiles = (pattern) => spawnSync("grep", ["-qP", "--", pattern], { input: "" }).status === 1;

function patternOf(text, words) {
  const found = [...text.matchAll(/^[-*> ]*Pattern[* ]*:[* ]*`([^`\n]+)`[ .]*$/gim)].map((one) => one[1].trim());
  const [pattern] = found;
  const damaged = !pattern || new Set(found).size !== 1 || /^[(^]*\.\*[)$]*$|\\\\|\\$/.test(pattern); // of escapes written twice, too
  const example = !damaged && !/[[(*+^$]/.test(pattern);
  if (damaged || example || !compiles(pattern)) return undefined;
  try {
    const matcher = new RegExp(pattern);
    return words.every((one) => matcher.test(one)) ? pattern : undefined;
  } catch {
    return undefined; // its meaning differs from one reader to the next
  }
}

const WORD = "(?:``?[\\w./:+-]+``?|[A-Z0-9][\\w-]*(?:\\.[\\w-]+)*)";
const WORDS = new RegExp(`^(?:The )?(?:valid|allowed|possible|supported) values?(?: are| is)?:? (${WORD}(?:(?: \\| |, (?:and |or )?| and | or )${WORD})+)\\.?$`, "i");

/** The words that the text lists once, as all there are. */
function wordsOf(text, samples) {
  if (text.match(/\b(?:valid|allowed|possible|supported) values?\b/gi)?.length !== 1) return undefined;
  const list = statements(text).map((one) => WORDS.exec(one)?.[1]).find(Boolean);
  const words = list?.split(/ \| |, (?:and |or )?| and | or /).map((one) => one.replaceAll("`", ""));
  if (!words || new Set(words).size !== words.length || words.every((one) => /^[\d.]+$/.test(one))) return undefined;
  return samples.every((one) => words.includes(one)) ? words : undefined;
}

const LONGEST = 1_000_000_000;
const LARGEST = Number.MAX_SAFE_INTEGER;

/** `@length(1, 63)`; `least` and `most` are the widest there is. */
function mark(name, bounds, least, most) {
  if (bounds.clash || (bounds.low === undefined && bounds.high === undefined)) return [];
  const low = bounds.low ?? least;
  const high = bounds.high ?? most;
  if (low > high || (low <= least && high >= most)) return [];
  return [`@${name}(${low}${high < most ? `, ${high}` : ""})`, ...(bounds.said ? ["@documented"] : [])];
}

function merged(one, other) {
  const clash = one.clash || other.clash || ["low", "high"].some((end) => one[end] !== undefined && other[end] !== undefined && one[end] !== other[end]);
  return { clash, said: one.said || other.said, low: one.low ?? other.low, high: one.high ?? other.high };
}

const quoted = (text) => JSON.stringify(text).replaceAll("${", "\\${");

function ofText(text, bounds, words) {
  const length = merged(bounds.length, bounds.open);
  const fits = words.every((one) => one.length >= (length.low ?? 0) && one.length <= (length.high ?? LONGEST));
  const pattern = patternOf(text, words);
  const marks = [...(pattern ? [`@pattern(${quoted(pattern)})`] : []), ...(fits ? mark("length", length, 0, LONGEST) : [])];
  if (marks.length) return marks;
  return ofWords(text, words);
}

function ofWords(text, samples) {
  const words = wordsOf(text, samples);
  return words ? [`@words(${words.map(quoted).join(", ")})`, "@documented"] : [];
}

function ofNumber(bounds, numbers) {
  const range = merged(bounds.range, bounds.open);
  const fits = numbers.every((one) => one >= (range.low ?? -LARGEST) && one <= (range.high ?? LARGEST));
  return fits ? mark("range", range, -LARGEST, LARGEST) : [];
}

/** Where the documentation is not what CloudFormation takes. */
const REFUTED = new Set([
  "AWS::ApiGateway::DomainName.SecurityPolicy",
  "AWS::AppStream::Application.Platforms",
  "AWS::AuditManager::Assessment.Delegation.CreatedBy",
  "AWS::AutoScaling::LaunchConfiguration.BlockDevice.VolumeType",
  "AWS::CleanRooms::Collaboration.MemberSpecification.MemberAbilities",
  "AWS::CloudWatch::Alarm.Period",
  "AWS::EC2::LaunchTemplate.Ebs.Throughput",
  "AWS::EC2::Volume.Throughput",
  "AWS::Lambda::EventInvokeConfig.FunctionName",
  "AWS::NetworkManager::Device.Model",
  "AWS::NetworkManager::Device.SerialNumber",
  "AWS::NetworkManager::Device.Vendor",
  "AWS::NetworkManager::Link.Provider",
  "AWS::NetworkManager::Link.Type",
  "AWS::RDS::DBProxyTargetGroup.ConnectionPoolConfigurationInfoFormat.MaxConnectionsPercent",
  "AWS::SageMaker::Image.ImageRoleArn",
]);

const isText = (type) => type.type === "string" && !type.allowedValues?.length;
const isNumber = (type) => (type.type === "integer" || type.type === "number") && !type.allowedValues?.length;

/** What the documentation of a property demands, as decorators; `place` is "AWS::SNS::Topic.TopicName". */
export function constraintsOf(place, property) {
  const text = property?.documentation;
  const type = property?.type;
  if (!text || REFUTED.has(place)) return [];
  const bounds = boundsOf(text, place);
  const { words, numbers } = samples(text, property.defaultValue);
  if (isText(type)) return ofText(text, bounds, words);
  if (isNumber(type)) return ofNumber(bounds, numbers);
  if (type.type !== "array") return [];
  const items = mark("length", bounds.items, 0, LONGEST);
  const pattern = isText(type.element) && patternOf(text, words);
  if (pattern) return [`@pattern(${quoted(pattern)})`, ...items];
  return items.length || !isText(type.element) ? items : ofWords(text, words);
}
