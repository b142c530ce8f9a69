using System.Text;
using Trama.Framing;
using Trama.Packets.Transport;
using Trama.Reports;

namespace Trama.Cli.Commands.Running;

/// <summary>With whom a command speaks by UDP, of which its datagrams are counted and not shown; and which names it asks DNS for.</summary>
internal sealed class SeenDatagrams
{
    private const int MostPlaces = 1024, MostQuestions = 1024, MostTold = 8;

    private readonly Dictionary<Endpoint, (long Sent, long Received, bool IsDns)> _places = [];
    private readonly HashSet<string> _questions = [];
    private bool _isMore;

    /// <summary>The names that DNS told.</summary>
    public AskedNames Names { get; } = new();

    /// <summary>Takes one.</summary>
    public void Add(Endpoint server, ReadOnlySpan<byte> payload, bool isFromServer)
    {
        string? question = Names.Add(server, payload, isFromServer);
        if (question is not null && _questions.Count < MostQuestions) _questions.Add(question);
        bool isKnown = _places.TryGetValue(server, out (long Sent, long Received, bool IsDns) place);
        _isMore |= !isKnown && _places.Count >= MostPlaces;
        if (!isKnown && _places.Count >= MostPlaces) return;
        _places[server] = isFromServer ? place with { Received = place.Received + 1 }
            : place with { Sent = place.Sent + 1, IsDns = place.IsDns || question is not null };
    }

    /// <summary>The lines of them; empty when there was none.</summary>
    public string Text(Language language)
    {
        if (_places.Count == 0) return "";
        var text = new StringBuilder(language.Pick("trama: by UDP, not shown: ", "trama: por UDP, não mostrado: "));
        text.AppendJoin(", ", _places.OrderByDescending(pair => pair.Value.Sent + pair.Value.Received).Take(MostTold).Select(pair =>
            $"{pair.Key} ({(pair.Value.IsDns ? "DNS; " : "")}" + language.Pick($"{pair.Value.Sent} sent, {pair.Value.Received} received)",
                $"{pair.Value.Sent} de ida, {pair.Value.Received} de volta)")));
        text.Append(_isMore || _places.Count > MostTold ? ", …\n" : "\n");
        if (_questions.Count == 0) return text.ToString();
        return text.Append(language.Pick("trama: asked by DNS: ", "trama: perguntado por DNS: "))
            .AppendJoin(", ", _questions.Order(StringComparer.Ordinal).Take(MostTold).Select(question => VisibleText.Of(question)))
            .Append(_questions.Count > MostTold ? ", …\n" : "\n").ToString();
    }
}
