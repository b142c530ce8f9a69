using System.Globalization;
using System.Net;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Tracing.Choosing;

namespace Trama.Reports.Browsing.Answers;

/// <summary>What a page asks for: a name, and values beside it. Values that are missing or no numbers count as their defaults.</summary>
/// <param name="name">The name.</param>
/// <param name="values">The values by their names.</param>
public sealed class Question(string name, IReadOnlyDictionary<string, string> values)
{
    // More than anybody writes by hand; a condition is parsed in linear time.
    private const int LongestText = 4096;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The language of words in the answer.</summary>
    public Language Language => Text("lang") == "pt" ? Language.Portuguese : Language.English;

    /// <summary>A text; empty when it is not there.</summary>
    public string Text(string name) => values.GetValueOrDefault(name) is { Length: <= LongestText } text ? text : "";

    /// <summary>A number of at least 0.</summary>
    public long Number(string name, long standard = 0) =>
        long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : standard;

    /// <summary>Whether something is asked for.</summary>
    public bool Has(string name) => Text(name) == "1";

    /// <summary>A value of an enumeration by its name, in any case.</summary>
    internal T Named<T>(string name) where T : struct, Enum => Enum.TryParse(Text(name), ignoreCase: true, out T value)
        && Enum.IsDefined(value) ? value : default;

    /// <summary>Which rows are asked for.</summary>
    /// <param name="start">The time from which moments are counted.</param>
    /// <param name="choice">The choice.</param>
    /// <param name="error">Why the condition is refused; empty when it is not.</param>
    internal bool TryChoose(Timestamp start, out BrowsingChoice choice, out string error)
    {
        error = "";
        choice = new BrowsingChoice
        {
            Search = Text("search"),
            Connection = Number("connection") is > 0 and var connection ? connection : null,
            Server = Endpoint("server"),
            Group = values.ContainsKey("group") ? Text("group") : null,
            From = Text("from").Length > 0 ? After(start, Number("from")) : null,
            To = Text("to").Length > 0 ? After(start, Number("to")) : null,
            FaultsOnly = Has("faults"),
        };
        if (values.Values.Any(value => value.Length > LongestText))
        {
            error = Language.Pick($"longer than {LongestText} characters", $"mais de {LongestText} caracteres");
            return false;
        }

        if (Text("where") is not { Length: > 0 } text) return true;
        if (ExchangeCondition.TryParse(text, out ExchangeCondition? where, out ConditionError fault))
            choice = choice with { Where = where };
        else error = ConditionWords.Refusal(text, fault, Language);
        return where is not null;
    }

    private static Timestamp After(Timestamp start, long ns) =>
        new(start.Nanoseconds + Math.Min(ns, long.MaxValue - Math.Max(0, start.Nanoseconds)));

    private Endpoint? Endpoint(string name)
    {
        if (!IPEndPoint.TryParse(Text(name), out IPEndPoint? at)) return null;
        return new Endpoint(IpAddress.FromBytes(at.Address.GetAddressBytes()), (ushort)at.Port);
    }
}
