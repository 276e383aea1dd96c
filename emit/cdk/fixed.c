#include "cdk/cdk.h"
#include "cdk/expression.h"
#include "cdk/scope.h"
#include "cdk/text.h"
#include "kinds.h"
#include "number.h"

#include <cJSON.h>
#include <stdlib.h>
#include <string.h>

#define ANY_VERSION "*"

static const char TSCONFIG[] = "{\n"
                               "  \"compilerOptions\": {\n"
                               "    \"target\": \"ES2022\",\n"
                               "    \"module\": \"NodeNext\",\n"
                               "    \"moduleResolution\": \"NodeNext\",\n"
                               "    \"lib\": [\"es2022\"],\n"
                               "    \"declaration\": true,\n"
                               "    \"strict\": true,\n"
                               "    \"noImplicitAny\": true,\n"
                               "    \"strictNullChecks\": true,\n"
                               "    \"noImplicitThis\": true,\n"
                               "    \"alwaysStrict\": true,\n"
                               "    \"noUnusedLocals\": false,\n"
                               "    \"noUnusedParameters\": false,\n"
                               "    \"noImplicitReturns\": true,\n"
                               "    \"noFallthroughCasesInSwitch\": false,\n"
                               "    \"inlineSourceMap\": true,\n"
                               "    \"inlineSources\": true,\n"
                               "    \"experimentalDecorators\": true,\n"
                               "    \"strictPropertyInitialization\": false,\n"
                               "    \"skipLibCheck\": true,\n"
                               "    \"typeRoots\": [\"./node_modules/@types\"],\n"
                               "    \"noEmit\": true,\n"
                               "    \"isolatedModules\": true,\n"
                               "    \"types\": [\"jest\", \"node\"]\n"
                               "  },\n"
                               "  \"exclude\": [\"node_modules\", \"cdk.out\"]\n"
                               "}\n";

static const char JEST_CONFIG[] =
    "module.exports = {\n"
    "  testEnvironment: \"node\",\n"
    "  roots: [\"<rootDir>/test\"],\n"
    "  testMatch: [\"**/*.test.ts\"],\n"
    "  transform: {\n"
    "    \"^.+\\\\.tsx?$\": [\"@swc/jest\"],\n"
    "  },\n"
    "  setupFilesAfterEnv: [\"aws-cdk-lib/testhelpers/jest-autoclean\"],\n"
    "};\n";

static const char GITIGNORE[] = "*.js\n"
                                "!jest.config.js\n"
                                "*.d.ts\n"
                                "node_modules\n"
                                "\n"
                                "# CDK asset staging directory\n"
                                ".cdk.staging\n"
                                "cdk.out\n";

static const char NPMIGNORE[] = "*.ts\n"
                                "!*.d.ts\n"
                                "\n"
                                "# CDK asset staging directory\n"
                                ".cdk.staging\n"
                                "cdk.out\n";

/// Where npm finds Depot's packages.
static const char NPMRC[] = "@stage-tech:registry=https://npm.pkg.github.com\n";

static const char WATCH[] = "  \"watch\": {\n"
                            "    \"include\": [\"**\"],\n"
                            "    \"exclude\": [\n"
                            "      \"README.md\",\n"
                            "      \"cdk*.json\",\n"
                            "      \"**/*.d.ts\",\n"
                            "      \"**/*.js\",\n"
                            "      \"tsconfig.json\",\n"
                            "      \"package*.json\",\n"
                            "      \"yarn.lock\",\n"
                            "      \"node_modules\",\n"
                            "      \"test\"\n"
                            "    ]\n"
                            "  },\n";

static const char OWNERS[] = "## Whose files these are\n"
                             "\n"
                             "depotc writes `bin/`, `lib/` and `test/` from a `.depot` source at "
                             "each build, as the first line of\n"
                             "each file says; changes belong there. Every other file is yours as "
                             "soon as you edit it: what nobody\n"
                             "has edited is kept up to date, what somebody has is left alone. To "
                             "get back depotc's own, delete the\n"
                             "file and build.\n"
                             "\n"
                             "`npm install` writes `package-lock.json`. Commit it: `npm ci` then "
                             "installs just that, here and in\n"
                             "CI. depotc does not write one, since what it holds is up to the "
                             "registry that has Depot's packages.\n"
                             "\n"
                             "The tests compare each stack with the snapshot in "
                             "`test/__snapshots__`, which the first run writes.\n"
                             "Commit it too; `npm test -- -u` takes what has changed on purpose.\n"
                             "\n";

static const char COMMANDS[] =
    "## Useful commands\n"
    "\n"
    "- `npm install` installs what the project needs\n"
    "- `npm run build` type-checks the project\n"
    "- `npm run watch` type-checks whenever a file changes\n"
    "- `npm run test` runs the unit tests\n"
    "- `npx cdk synth` writes the CloudFormation templates\n"
    "- `npx cdk diff` compares them with what is deployed\n"
    "- `npx cdk deploy` deploys to your default AWS account and region\n";

/// Depot's constructs choose the function behind their custom resources themselves.
static const char SERVICE_TOKEN[] = CDK_HEADER
    "import { CfnResource, CustomResource, IAspect } from \"" CORE_MODULE "\";\n"
    "import { IConstruct } from \"" CONSTRUCTS_MODULE "\";\n"
    "\n"
    "/** Has the custom resources of a stack call another function than Depot's own. */\n"
    "export class " SERVICE_TOKEN_CLASS " implements IAspect {\n"
    "  constructor(private readonly arn: string) {}\n"
    "\n"
    "  visit(node: IConstruct): void {\n"
    "    if (node instanceof CustomResource) {\n"
    "      const resource = node.node.defaultChild as CfnResource;\n"
    "      resource.addPropertyOverride(\"ServiceToken\", this.arn);\n"
    "    }\n"
    "  }\n"
    "}\n";

static void add_text(const CdkProject *project, const char *path, GString *text) {
    const size_t length = text->len;
    emit_files_add(project->files, path, g_string_free(text, FALSE), length);
}

/// A file that is the user's as soon as the user edits it.
static void add_yours(const CdkProject *project, const char *path, GString *text) {
    const size_t length = text->len;
    emit_files_add_yours(project->files, path, g_string_free(text, FALSE), length);
}

static void add_fixed(const CdkProject *project, const char *path, const char *text) {
    add_yours(project, path, g_string_new(text));
}

typedef struct Version {
    const char *package;
    const char *version;
} Version;

static const Version DEPENDENCIES[] = {
#define DEPENDENCY(package, version) {package, version},
#define DEV_DEPENDENCY(package, version)
#include "cdk/versions.def"
#undef DEPENDENCY
#undef DEV_DEPENDENCY
};

static const Version DEV_DEPENDENCIES[] = {
#define DEPENDENCY(package, version)
#define DEV_DEPENDENCY(package, version) {package, version},
#include "cdk/versions.def"
#undef DEPENDENCY
#undef DEV_DEPENDENCY
};

/// The version that the project wants of `package`, or NULL.
static const char *wanted_version(const Model *model, const char *package) {
    for (size_t i = model->version_count; i > 0; i--) {
        if (strcmp(model->versions[i - 1].package, package) == 0) {
            return model->versions[i - 1].version;
        }
    }
    return NULL;
}

static const char *version_of(const Model *model, const char *package) {
    const char *wanted = wanted_version(model, package);
    for (size_t i = 0; wanted == NULL && i < G_N_ELEMENTS(DEPENDENCIES); i++) {
        if (strcmp(DEPENDENCIES[i].package, package) == 0) {
            return DEPENDENCIES[i].version;
        }
    }
    return wanted != NULL ? wanted : ANY_VERSION;
}

static bool is_tool(const char *package) {
    for (size_t i = 0; i < G_N_ELEMENTS(DEV_DEPENDENCIES); i++) {
        if (strcmp(DEV_DEPENDENCIES[i].package, package) == 0) {
            return true;
        }
    }
    return false;
}

static void append_json_text(GString *out, const char *text, size_t length) {
    g_autofree char *copy = g_strndup(text, length);
    cJSON *string = cJSON_CreateString(copy);
    char *json = cJSON_PrintUnformatted(string);
    g_string_append(out, json);
    cJSON_free(json);
    cJSON_Delete(string);
}

static void append_member(GString *out, const char *name, const char *value, bool last) {
    g_string_append_printf(out, "    \"%s\": ", name);
    append_json_text(out, value, strlen(value));
    g_string_append(out, last ? "\n" : ",\n");
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/// Whether npm takes the name; others could not be installed, and might not even be JSON.
static bool is_package(const char *name) {
    static const char ALLOWED[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "@/._-~";
    return *name && name[strspn(name, ALLOWED)] == '\0';
}

static void append_dependencies(const CdkProject *project, GString *out) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    GHashTableIter iterator;
    gpointer name = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(DEPENDENCIES); i++) {
        g_hash_table_add(project->packages, g_strdup(DEPENDENCIES[i].package));
    }
    // What the project names and nothing here needs is something that it adds.
    for (size_t i = 0; i < project->model->version_count; i++) {
        const char *package = project->model->versions[i].package;
        if (!is_tool(package)) {
            g_hash_table_add(project->packages, g_strdup(package));
        }
    }
    g_hash_table_iter_init(&iterator, project->packages);
    while (g_hash_table_iter_next(&iterator, &name, NULL)) {
        if (is_package(name)) {
            g_ptr_array_add(names, name);
        }
    }
    qsort(names->pdata, names->len, sizeof *names->pdata, compare_names);
    for (guint i = 0; i < names->len; i++) {
        append_member(out, names->pdata[i], version_of(project->model, names->pdata[i]),
                      i + 1 == names->len);
    }
}

static void add_package_json(const CdkProject *project) {
    GString *out = g_string_new("{\n");
    g_string_append_printf(out, "  \"name\": \"%s\",\n", project->name);
    g_string_append(out, "  \"version\": \"0.1.0\",\n"
                         "  \"scripts\": {\n"
                         "    \"build\": \"tsc\",\n"
                         "    \"watch\": \"tsc -w\",\n"
                         "    \"test\": \"jest --ci=false\",\n"
                         "    \"cdk\": \"cdk\"\n"
                         "  },\n"
                         "  \"devDependencies\": {\n");
    for (size_t i = 0; i < G_N_ELEMENTS(DEV_DEPENDENCIES); i++) {
        const Version *tool = &DEV_DEPENDENCIES[i];
        const char *wanted = wanted_version(project->model, tool->package);
        append_member(out, tool->package, wanted != NULL ? wanted : tool->version,
                      i + 1 == G_N_ELEMENTS(DEV_DEPENDENCIES));
    }
    g_string_append(out, "  },\n  \"dependencies\": {\n");
    append_dependencies(project, out);
    g_string_append(out, "  }\n}\n");
    add_yours(project, "package.json", out);
}

/// A value of the settings as prettier prints it: short lists stay on their line.
static void append_setting(GString *out, const Value *value) {
    char number[NUMBER_MAX];
    size_t length = 0;
    switch (value->kind) {
    case VALUE_BOOL:
        g_string_append(out, value->boolean ? "true" : "false");
        break;
    case VALUE_INT:
        length = number_from_int(value->integer, number);
        g_string_append_len(out, number, (gssize)length);
        break;
    case VALUE_LIST:
        g_string_append(out, "[");
        for (size_t i = 0; i < value->count; i++) {
            g_string_append(out, i > 0 ? ", " : "");
            append_setting(out, value->items[i]);
        }
        g_string_append(out, "]");
        break;
    default:
        append_json_text(out, value->text, value->length);
    }
}

/// The feature flags, which the library knows (`cdkSettings`).
static void append_context(const CdkProject *project, GString *out) {
    const Value *context = value_member(project->model->settings, "context");
    const size_t count = context != NULL ? context->field_count : 0;
    g_string_append(out, count > 0 ? "  \"context\": {\n" : "  \"context\": {}\n");
    for (size_t i = 0; i < count; i++) {
        const Field *flag = &context->fields[i];
        g_string_append(out, "    ");
        append_json_text(out, flag->name->text, flag->name->length);
        g_string_append(out, ": ");
        append_setting(out, flag->value);
        g_string_append(out, i + 1 == count ? "\n  }\n" : ",\n");
    }
}

static void add_cdk_json(const CdkProject *project) {
    GString *out = g_string_new("{\n");
    g_string_append_printf(out, "  \"app\": \"npx tsc && npx tsx bin/%s.ts\",\n", project->name);
    g_string_append(out, WATCH);
    append_context(project, out);
    g_string_append(out, "}\n");
    add_yours(project, "cdk.json", out);
}

/// The classes of nested stacks, or those of modules, below a heading of their own.
static void list_classes(const CdkProject *project, GString *out, bool nested,
                         const char *heading) {
    bool first = true;
    for (size_t i = 0; i < project->module_count; i++) {
        const CdkModule *module = &project->modules[i];
        if (module->scope->nested != nested) {
            continue;
        }
        if (first) {
            g_string_append_printf(out, "## %s\n\n", heading);
        }
        first = false;
        g_string_append_printf(out, "- `%s` in `lib/%s.ts`\n", module->scope->class_name,
                               module->file);
    }
    if (!first) {
        g_string_append_c(out, '\n');
    }
}

/// Names only: what a user wrote elsewhere could mean something in Markdown.
static void add_readme(const CdkProject *project) {
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "# `%s`\n\n", project->name);
    g_string_append(out, "An AWS CDK project in TypeScript.\n\n");
    if (project->model->stack_count > 0) {
        g_string_append(out, "## Stacks\n\n");
        for (size_t i = 0; i < project->model->stack_count; i++) {
            const CdkStack *stack = &project->stacks[i];
            g_string_append_printf(out, "- `%s` in `lib/%s.ts`\n", stack->stack->name, stack->file);
        }
        g_string_append_c(out, '\n');
    }
    list_classes(project, out, true, "Nested stacks");
    list_classes(project, out, false, "Constructs");
    g_string_append(out, OWNERS);
    g_string_append(out, COMMANDS);
    add_yours(project, "README.md", out);
}

void cdk_fixed_files(CdkProject *project) {
    add_package_json(project);
    add_cdk_json(project);
    add_readme(project);
    if (project->model->service_token != NULL) {
        add_text(project, "lib/" SERVICE_TOKEN_FILE ".ts", g_string_new(SERVICE_TOKEN));
    }
    add_fixed(project, "tsconfig.json", TSCONFIG);
    add_fixed(project, "jest.config.js", JEST_CONFIG);
    add_fixed(project, ".gitignore", GITIGNORE);
    add_fixed(project, ".npmignore", NPMIGNORE);
    add_fixed(project, ".npmrc", NPMRC);
}
