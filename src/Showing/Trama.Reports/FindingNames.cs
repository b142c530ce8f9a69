using System.Text.Json;
using Trama.Diagnosis;

namespace Trama.Reports;

/// <summary>The identifiers of findings, as JSON, the command line and the documents spell them: <c>packet-loss</c>.</summary>
public static class FindingNames
{
    private static readonly string[] Names = [.. Enum.GetNames<FindingId>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>All identifiers, in the order of <see cref="FindingId"/>.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The identifier of a finding.</summary>
    public static string Of(FindingId id) => Names[(int)id];

    /// <summary>The name of a party: <c>none</c>, <c>client</c>, <c>network</c>, <c>server</c> or <c>unknown</c>.</summary>
    public static string Of(Party party) => JsonNamingPolicy.KebabCaseLower.ConvertName(party.ToString());

    /// <summary>The name of a severity: <c>info</c>, <c>warning</c> or <c>error</c>.</summary>
    public static string Of(Severity severity) => JsonNamingPolicy.KebabCaseLower.ConvertName(severity.ToString());

    /// <summary>The name of a confidence: <c>possible</c>, <c>likely</c> or <c>certain</c>.</summary>
    public static string Of(Confidence confidence) => JsonNamingPolicy.KebabCaseLower.ConvertName(confidence.ToString());

    /// <summary>The finding of an identifier; null when there is none.</summary>
    public static FindingId? Find(string name)
    {
        int at = Array.IndexOf(Names, name);
        return at < 0 ? null : (FindingId)at;
    }
}
