using System.Globalization;
using Trama.Reports;
using Trama.Reports.Text;
using Trama.View;

namespace Trama.Cli.Commands.Listing;

/// <summary>The sockets on the screen, as they are at the latest look: rows to move about in, of which the person chooses which and in what
/// order.</summary>
/// <param name="choice">Which sockets are asked for.</param>
/// <param name="sort">Their order; null for the sick ones first.</param>
/// <param name="language">The language of the words.</param>
internal sealed class SocketScreen(SocketChoice choice, string? sort, Language language)
{
    private SocketChoice _choice = choice;
    private string? _sort = sort;

    // Looks come on another thread.
    private volatile SocketLook? _look;

    /// <summary>The keys that mean something, for the last line.</summary>
    public string Keys => language.Pick("f faults · a each · o order · Space pause · q end",
        "f falhas · a cada um · o ordem · Espaço pausa · q encerra");

    /// <summary>There is another look.</summary>
    public void Take(SocketLook look) => _look = look;

    /// <summary>Takes a letter.</summary>
    public void Take(char letter)
    {
        switch (letter)
        {
            case 'f': _choice = _choice with { OnlyFaults = !_choice.OnlyFaults }; break;
            case 'a': _choice = _choice with { All = !_choice.All }; break;
            case 'o':
                // The sick ones first come behind the last order.
                int next = _sort is null ? 0 : Array.IndexOf(SocketSorts.Names, _sort) + 1;
                _sort = next < SocketSorts.Names.Length ? SocketSorts.Names[next] : null;
                break;
        }
    }

    /// <summary>The rows.</summary>
    public ListContent Content(TextOptions options)
    {
        if (_look is not { } look) return new("", "", [], [], "");
        SocketRow[] rows = [.. look.Rows.Where(_choice.Includes)];
        string[] lines = Lines(options), plain = options.Colour ? Lines(options with { Colour = false }) : lines;
        return new(Title(look, rows), plain[0], lines[1..], plain[1..], Chosen(options));

        string[] Lines(TextOptions written) => [.. new SocketTableText(written, _choice, _sort).Lines(rows)];
    }

    private string Title(SocketLook look, SocketRow[] rows)
    {
        int sick = rows.Count(row => row.Ailment is not null);
        string time = DateTime.UnixEpoch.AddTicks(look.At / TimeSpan.NanosecondsPerTick).ToLocalTime()
            .ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        string sockets = CountWords.Sockets(rows.Length), hidden = look.Hidden == 0 ? "" : language.Pick(
            $", {look.Hidden} on this machine that cannot be told whose", $", {look.Hidden} nesta máquina que não se sabe de quem");
        return language.Pick($"{time}  {sockets}, {sick} sick{hidden}", $"{time}  {sockets}, {sick} com problema{hidden}");
    }

    private string Chosen(TextOptions options)
    {
        string[] parts =
        [
            _choice.OnlyFaults ? language.Pick("faults only", "só falhas") : "",
            _choice.All ? language.Pick("each in a line", "cada um em uma linha") : "",
            _sort is null ? language.Pick("the sick ones first", "os com problema primeiro") : language.Pick($"by {_sort}", $"por {_sort}"),
        ];
        return string.Join(options.Ascii ? ", " : " · ", parts.Where(part => part.Length > 0));
    }
}
