using System.Globalization;
using Trama.Diagnosis;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Findings.Words;

/// <summary>
/// A finding's numbers as parts of sentences. In a text, <c>#</c> stands for the number; a part whose number is unknown is left out.
/// </summary>
internal readonly struct FindingFacts(Finding finding, Language language, bool ascii)
{
    public Finding Finding => finding;

    public FindingKind Kind => finding.Kind;

    /// <summary>The text in the language.</summary>
    public string Say(string english, string portuguese) => language.Pick(english, portuguese);

    /// <summary>The text with a number; empty when the rule did not state it, or no more of it than zero.</summary>
    public string With(FactName name, string english, string portuguese) =>
        finding[name] is { } value && (value > 0 || name == FactName.IcmpCode)
            ? Filled(language.Pick(english, portuguese), name, value) : "";

    /// <summary>"up to 1.14 s", or without "up to" when it happened once.</summary>
    public string Longest(string english, string portuguese)
    {
        bool once = finding[FactName.Count] == 1 || finding[FactName.SumNs] == finding[FactName.LongestNs];
        return With(FactName.LongestNs, english + (once ? "#" : "up to #"), portuguese + (once ? "#" : "até #"));
    }

    /// <summary>"; 3.79 s in all", when that is more than the longest.</summary>
    public string InAll => finding[FactName.SumNs] == finding[FactName.LongestNs] ? "" : With(FactName.SumNs, "; # in all", "; # ao todo");

    /// <summary>What the application said first, and of what; empty when nothing was kept.</summary>
    public string Said
    {
        get
        {
            if (finding.Said is not { Status.Length: > 0 } said) return "";
            string of = said.Operation.Length > 0 ? language.Pick($" to {said.Operation}", $" a {said.Operation}") : "";
            return language.Pick($"; the first: {said.Status}{of}", $"; a primeira: {said.Status}{of}");
        }
    }

    /// <summary>", once", or how many times; empty when the rule did not count.</summary>
    public string Times => Counted(FactName.Count, (", once", ", # times"), (", uma vez", ", # vezes"));

    /// <summary>The text with a count, agreeing with it; empty when the rule did not state it.</summary>
    public string Counted(FactName name, (string One, string Many) english, (string One, string Many) portuguese)
    {
        if (finding[name] is not { } count) return "";
        (string one, string many) = language == Language.Portuguese ? portuguese : english;
        return Filled(count == 1 ? one : many, name, count);
    }

    /// <summary>The name of the side that it is about: who sent, or the one that is named as whose it is.</summary>
    public string Sender => Name(SenderSide);

    /// <summary>" of the client": who sent; empty when it is about both sides.</summary>
    public string OfSender => finding.Sender is null ? "" : language.Pick($" of the {Sender}", $" do {Sender}");

    /// <summary>The name of the side whose it is; of the one that did not send, when it is neither's.</summary>
    public string Culprit => finding.Party is Party.Client or Party.Server
        ? Name(finding.Party == Party.Client ? Side.Client : Side.Server)
        : finding.Sender is null ? Name(Side.Server) : Receiver;

    private string Receiver => Name(SenderSide == Side.Client ? Side.Server : Side.Client);

    private Side SenderSide => finding.Sender ?? (finding.Party == Party.Server ? Side.Server : Side.Client);

    private string Name(Side side) => side == Side.Client ? language.Pick("client", "cliente") : language.Pick("server", "servidor");

    private string Filled(string text, FactName name, long value) => text.Replace("#", Text(name, value), StringComparison.Ordinal);

    private string Text(FactName name, long value) => name switch
    {
        FactName.LongestNs or FactName.SumNs or FactName.RttNs or FactName.QueueNs or FactName.IdleNs =>
            DurationText.Of(value, language, ascii),
        FactName.Bytes or FactName.LostBytes or FactName.WindowBytes or FactName.Mtu => SizeText.Of(value, language),
        FactName.Rate => SizeText.Of(value, language) + "/s",
        FactName.SharePpm => DecimalText.Of(value / 10_000.0, "0.##", language) + " %",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };
}
