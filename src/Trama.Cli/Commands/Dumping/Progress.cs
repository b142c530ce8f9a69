using System.Diagnostics;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Dumping;

/// <summary>How far a long reading has come: one line on standard error, from the second second on.</summary>
internal sealed class Progress : IDisposable
{
    private const int PacketsBetweenLooks = 1 << 16;

    private readonly Language _language;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _nextMilliseconds = 1000;
    private bool _shown;

    private Progress(Language language) => _language = language;

    /// <summary>Starts to watch; null where nobody looks, or where the packets themselves show that it goes on.</summary>
    public static Progress? Start(Language language) =>
        Console.IsErrorRedirected || !Console.IsOutputRedirected ? null : new Progress(language);

    /// <summary>Shows the number of packets read, now and then.</summary>
    public void Show(long packets)
    {
        if (packets % PacketsBetweenLooks != 0 || _clock.ElapsedMilliseconds < _nextMilliseconds) return;
        _nextMilliseconds += 500;
        _shown = true;
        Terminal.Control.Write(_language.Pick($"\r{packets:N0} packets read", $"\r{packets:N0} pacotes lidos"));
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_shown) Terminal.Control.Write(Ansi.ClearLine);
    }
}
