using System.Globalization;
using Trama.Tracing.Choosing;

namespace Trama.Rows.Sql;

/// <summary>
/// A condition on exchanges in SQL: of a row <c>e</c> of <c>exchanges</c> and the row <c>c</c> of <c>connections</c> that it belongs to.
/// What is absent compares false, and so does what no table has.
/// </summary>
public sealed class ConditionSql : IConditionTerms<string>
{
    /// <summary>A field of the condition that no table has; null when there is none.</summary>
    public ExchangeField? Untold { get; private set; }

    /// <inheritdoc/>
    public string Flag(ExchangeField field, bool value) => Known($"{Column(field)} = {(value ? "TRUE" : "FALSE")}");

    /// <inheritdoc/>
    public string Number(ExchangeField field, string operation, decimal value)
    {
        string column = Column(field);
        if (field.Kind == FieldKind.Text) column = $"TRY_CAST(regexp_extract({column}, '^[+-]?[0-9]+') AS BIGINT)";
        return Known($"{column} {Operator(operation)} {value.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <inheritdoc/>
    public string Text(ExchangeField field, string operation, string value) =>
        Known($"{Column(field)} {Operator(operation)} {Quoted(value)}");

    /// <inheritdoc/>
    public string Pattern(ExchangeField field, bool matches, string pattern) =>
        Known($"{(matches ? "" : "NOT ")}regexp_matches({Column(field)}, {Quoted(pattern)})");

    /// <inheritdoc/>
    public string And(string one, string other) => $"({one} AND {other})";

    /// <inheritdoc/>
    public string Or(string one, string other) => $"({one} OR {other})";

    /// <inheritdoc/>
    public string Not(string one) => $"(NOT {one})";

    private static string Known(string comparison) => $"coalesce({comparison}, FALSE)";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Operator(string operation) => operation == "==" ? "=" : operation;

    private string Column(ExchangeField field) => field.Name switch
    {
        "operation" or "group" or "status" or "failed" or "replyDue" or "protocol" or "stream" or "initiator" or "requestBytes"
            or "replyBytes" or "connection" => $"e.\"{field.Name}\"",
        "answered" => "(e.\"replyFirstAt\" IS NOT NULL)",
        "exchange" => "e.\"index\"",
        "server" or "network" or "total" or "requestTransfer" or "replyTransfer" => $"e.\"{field.Name}Ns\"",
        "missingBytes" => "(coalesce(e.\"requestMissingBytes\", 0) + coalesce(e.\"replyMissingBytes\", 0))",
        "clientAddress" => Address("client"),
        "serverAddress" => Address("server"),
        "clientPort" => Port("client"),
        "serverPort" => Port("server"),
        "clientProcess" => "c.\"processClientCommand\"",
        "serverProcess" => "c.\"processServerCommand\"",
        "clientPid" or "clientUser" or "clientContainer" => $"c.\"processClient{field.Name["client".Length..]}\"",
        "serverPid" or "serverUser" or "serverContainer" => $"c.\"processServer{field.Name["server".Length..]}\"",
        _ => None(field),
    };

    private string None(ExchangeField field)
    {
        Untold = field;
        return "NULL";
    }

    private static string Address(string side) => $"regexp_extract(e.\"{side}\", '^\\[?(.*?)\\]?:[0-9]+$', 1)";

    private static string Port(string side) => $"TRY_CAST(regexp_extract(e.\"{side}\", '[0-9]+$') AS BIGINT)";
}
