#include "documents.h"

#include <stddef.h>
#include <string.h>

// C23's #embed takes a file into the binary as it is, and a change of the file rebuilds this one. SwiftPM's own way,
// `.embedInCode`, writes an array literal that the Swift compiler chews on for half a minute.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const struct {
    const char *path;
    const unsigned char *text;
} documents[] = {
    {"openapi.yaml", (const unsigned char[]){
#embed "../../infra/contracts/openapi.yaml" suffix(, 0)
    }},
    {"asyncapi.yaml", (const unsigned char[]){
#embed "../../infra/contracts/asyncapi.yaml" suffix(, 0)
    }},
    {"schemas/hone.evaluation.completed.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.evaluation.completed.v1.json" suffix(, 0)
    }},
    {"schemas/hone.feedback.received.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.feedback.received.v1.json" suffix(, 0)
    }},
    {"schemas/hone.judgement.requested.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.judgement.requested.v1.json" suffix(, 0)
    }},
    {"schemas/hone.log.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.log.v1.json" suffix(, 0)
    }},
    {"schemas/hone.optimization.requested.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.optimization.requested.v1.json" suffix(, 0)
    }},
    {"schemas/hone.progress.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.progress.v1.json" suffix(, 0)
    }},
    {"schemas/hone.prompt.changed.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.prompt.changed.v1.json" suffix(, 0)
    }},
    {"schemas/hone.review.completed.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.review.completed.v1.json" suffix(, 0)
    }},
    {"schemas/hone.stats.updated.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.stats.updated.v1.json" suffix(, 0)
    }},
    {"schemas/hone.task.assigned.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.task.assigned.v1.json" suffix(, 0)
    }},
    {"schemas/hone.task.completed.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.task.completed.v1.json" suffix(, 0)
    }},
    {"schemas/hone.task.failed.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.task.failed.v1.json" suffix(, 0)
    }},
    {"schemas/hone.task.reply.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.task.reply.v1.json" suffix(, 0)
    }},
    {"schemas/hone.task.submitted.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/schemas/hone.task.submitted.v1.json" suffix(, 0)
    }},
    {"samples/hone.evaluation.completed.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.evaluation.completed.v1.json" suffix(, 0)
    }},
    {"samples/hone.feedback.received.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.feedback.received.v1.json" suffix(, 0)
    }},
    {"samples/hone.judgement.requested.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.judgement.requested.v1.json" suffix(, 0)
    }},
    {"samples/hone.log.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.log.v1.json" suffix(, 0)
    }},
    {"samples/hone.optimization.requested.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.optimization.requested.v1.json" suffix(, 0)
    }},
    {"samples/hone.progress.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.progress.v1.json" suffix(, 0)
    }},
    {"samples/hone.prompt.changed.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.prompt.changed.v1.json" suffix(, 0)
    }},
    {"samples/hone.review.completed.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.review.completed.v1.json" suffix(, 0)
    }},
    {"samples/hone.stats.updated.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.stats.updated.v1.json" suffix(, 0)
    }},
    {"samples/hone.task.assigned.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.task.assigned.v1.json" suffix(, 0)
    }},
    {"samples/hone.task.completed.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.task.completed.v1.json" suffix(, 0)
    }},
    {"samples/hone.task.failed.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.task.failed.v1.json" suffix(, 0)
    }},
    {"samples/hone.task.reply.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.task.reply.v1.json" suffix(, 0)
    }},
    {"samples/hone.task.submitted.v1.json", (const unsigned char[]){
#embed "../../infra/contracts/samples/hone.task.submitted.v1.json" suffix(, 0)
    }},
    {"page/index.html", (const unsigned char[]){
#embed "page/index.html" suffix(, 0)
    }},
    {"page/page.css", (const unsigned char[]){
#embed "page/page.css" suffix(, 0)
    }},
    {"page/page.js", (const unsigned char[]){
#embed "page/page.js" suffix(, 0)
    }},
};

const unsigned char *hone_document(const char *path) {
    for (size_t index = 0; index < sizeof documents / sizeof *documents; index++) {
        if (strcmp(documents[index].path, path) == 0) { return documents[index].text; }
    }
    return NULL;
}
