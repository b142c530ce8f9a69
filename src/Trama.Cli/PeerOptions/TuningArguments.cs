using System.CommandLine;
using System.Globalization;
using Trama.Cli.CommandLine;
using Trama.Peers.Transports;
using Trama.Reports;

namespace Trama.Cli.PeerOptions;

/// <summary>The options that say what the kernel is to do with the connections of a peer.</summary>
internal sealed class TuningArguments
{
    private readonly Option<TimeSpan?> _keepAlive;
    private readonly Option<TimeSpan?> _userTimeout;
    private readonly Option<int?> _segmentSize;
    private readonly Option<bool> _fastOpen;
    private readonly Option<string> _noDelay;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="language">The language of their descriptions.</param>
    /// <param name="listens">Whether the command is the side that is connected to.</param>
    public TuningArguments(BilingualCommand command, Language language, bool listens)
    {
        _keepAlive = QuantityOptions.OptionalDuration(language, "--keep-alive", TimeSpan.FromSeconds(1), language.Pick(
            "Have the kernel probe the other side this often when it is silent", "Faz o kernel sondar o outro lado com esta frequência "
                + "quando ele se cala"));
        _userTimeout = QuantityOptions.OptionalDuration(language, "--user-timeout", TimeSpan.FromMilliseconds(1), language.Pick(
            "Have the kernel give up when bytes stay unacknowledged for so long", "Faz o kernel desistir quando bytes ficam sem "
                + "confirmação por esse tempo"));
        _segmentSize = new Option<int?>("--mss")
        {
            Description = language.Pick("Largest segment, in bytes", "Maior segmento, em bytes"),
            HelpName = "N",
            CustomParser = result => int.TryParse(QuantityOptions.Value(result), NumberStyles.None, CultureInfo.InvariantCulture,
                out int size) && size is >= 88 and <= 32767
                ? size
                : QuantityOptions.Refuse<int?>(result, language, "a number from 88 to 32767", "um número de 88 a 32767"),
        };
        _fastOpen = new Option<bool>("--fast-open")
        {
            Arity = ArgumentArity.Zero,
            Description = listens
                ? language.Pick("Take first bytes that come with the SYN, where the system lets servers do so",
                    "Aceita primeiros bytes que vêm com o SYN, onde o sistema deixa servidores fazê-lo")
                : language.Pick("Send the first bytes with the SYN where the server has allowed it before",
                    "Envia os primeiros bytes com o SYN onde o servidor já o permitiu"),
        };
        _noDelay = new Option<string>("--no-delay")
        {
            Description = language.Pick(
                "Send small segments at once (default on); off: Nagle's algorithm, which holds one until those before it are acknowledged",
                "Envia segmentos pequenos logo (padrão on); off: o algoritmo de Nagle, que retém um até os anteriores serem confirmados"),
            HelpName = "on|off",
            DefaultValueFactory = _ => "on",
        };
        _noDelay.AcceptOnlyFromAmong("on", "off");
        command.Group("Connection", "Conexão");
        foreach (Option option in new Option[] { _keepAlive, _userTimeout, _segmentSize, _fastOpen, _noDelay }) command.Options.Add(option);
    }

    /// <summary>The names of the options, for those beside which they make no sense.</summary>
    public static IReadOnlyList<string> Names { get; } = ["--keep-alive", "--user-timeout", "--mss", "--fast-open", "--no-delay"];

    /// <summary>What was asked for.</summary>
    public TcpTuning Read(ParseResult parse) => new()
    {
        KeepAlive = parse.GetValue(_keepAlive),
        UserTimeout = parse.GetValue(_userTimeout),
        SegmentSize = parse.GetValue(_segmentSize),
        FastOpen = parse.GetValue(_fastOpen),
        NoDelay = parse.GetValue(_noDelay) == "on",
    };
}
