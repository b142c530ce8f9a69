using Trama.Cli.Commands.Querying;
using Trama.Diagnosis;
using Trama.Reports;
using Trama.Rows.Sql;
using Trama.Rows.Tables;
using Trama.Scrubbing.Words;

namespace Trama.Mcp.Answers;

/// <summary>
/// What of a capture is told. Without payload that is what was counted or measured, and words that Trama itself has for it: of what a peer
/// said, no more than the verb of an operation (<c>GET</c>) and the word or number of its status, where protocols have such a one.
/// </summary>
/// <param name="payload">Whether all is told.</param>
/// <param name="language">The language of findings.</param>
internal sealed class Disclosure(bool payload, Language language)
{
    private const int StatusDigits = 3;

    // An allow-list: a text column that is new is withheld until somebody decides.
    private static readonly HashSet<string> s_told =
    [
        "client", "server", "protocol", "initiator", "state", "closedBy", "framing", "layers", "tlsVersion", "tlsCipher", "id", "party",
        "severity", "confidence", "kind", "packets", "facts", "saidProtocol", "text", "from", "marks",
    ];

    private static readonly HashSet<string> s_verbs = ["operation", "group", "saidOperation"];
    private static readonly HashSet<string> s_statuses = ["status", "saidStatus"];

    /// <summary>Whether all is told.</summary>
    public bool HasPayload => payload;

    /// <summary>What of a column's text is told; empty for nothing.</summary>
    public ReadOnlySpan<byte> Of(Column column, ReadOnlySpan<byte> text) => payload || s_told.Contains(column.Name) ? text
        : s_verbs.Contains(column.Name) ? Verb(text) : s_statuses.Contains(column.Name) ? Status(text) : default;

    /// <summary>The table, of which only what is told gets any further.</summary>
    public TableOutput Before(TableOutput table, TableSchema schema) => payload ? table : new WithheldTable(table, schema, this);

    /// <summary>An error of DuckDB's: what it met in the tables when it ran, it quotes; what is wrong with a statement is the asker's own
    /// words.</summary>
    public SqlException Of(SqlException error)
    {
        if (payload || error.Failure != SqlFailure.Refused || SqlErrors.IsWording(error.Detail)) return error;
        string kind = error.Detail.Split(':')[0];
        if (!kind.EndsWith(" Error", StringComparison.Ordinal) || !kind.All(letter => char.IsAsciiLetter(letter) || letter == ' '))
            kind = "Error";
        return new SqlException(error.Failure, kind + language.Pick(": what it met is withheld", ": o que encontrou é retido"));
    }

    /// <summary>A finding in words.</summary>
    public string Text(Finding finding) => FindingWords.Text(payload ? finding : finding with { Said = null }, language);

    private static ReadOnlySpan<byte> Verb(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> word = First(text);
        return !word.IsEmpty && !word.ContainsAnyExceptInRange((byte)'A', (byte)'z') && Vocabulary.Has(word) ? word : default;
    }

    private static ReadOnlySpan<byte> Status(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> word = First(text);
        return word.Length <= StatusDigits && !word.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? word : Verb(text);
    }

    private static ReadOnlySpan<byte> First(ReadOnlySpan<byte> text) => text.IndexOf((byte)' ') is >= 0 and var end ? text[..end] : text;
}
