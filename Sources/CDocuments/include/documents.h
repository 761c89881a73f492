#pragma once

/// The text of a file that this binary carries, ended by a zero; NULL when it carries none of that name. The contract's
/// files go by their path in `infra/contracts`, those of `/docs` by their path here.
const unsigned char *_Nullable hone_document(const char *_Nonnull path);
