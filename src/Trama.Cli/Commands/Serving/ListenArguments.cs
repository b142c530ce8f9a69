using System.CommandLine;
using System.Net;
using Trama.Cli.CommandLine;
using Trama.Cli.PeerOptions;
using Trama.Peers.Datagrams;
using Trama.Peers.Serving;
using Trama.Reports;

namespace Trama.Cli.Commands.Serving;

/// <summary>The options of <c>trama serve</c> that say where it listens, who may connect, and what the kernel is to do.</summary>
internal sealed class ListenArguments
{
    private readonly Option<int> _port;
    private readonly Option<IPAddress?> _bind;
    private readonly Option<string?> _unix;
    private readonly AccessArguments _access;
    private readonly TuningArguments _tuning;

    public ListenArguments(BilingualCommand command, Language language)
    {
        _port = QuantityOptions.Number(language, "--port", 0, 65535, 5000, language.Pick(
            "Port to listen on; 0 = any free one, which is printed (default 5000)",
            "Porta em que escuta; 0 = qualquer uma livre, que é mostrada (padrão 5000)"));
        _port.Aliases.Add("-p");
        _bind = new Option<IPAddress?>("--bind")
        {
            Description = language.Pick(
                "Listen at this address alone (default: all interfaces, IPv4 and IPv6)",
                "Escuta só neste endereço (padrão: todas as interfaces, IPv4 e IPv6)"),
            HelpName = language.Pick("ADDRESS", "ENDEREÇO"),
            CustomParser = result => Addresses.TryParseAddress(QuantityOptions.Value(result), out IPAddress? address)
                ? address
                : QuantityOptions.Refuse<IPAddress>(result, language, "an IP address such as 127.0.0.1 or ::1",
                    "um endereço IP como 127.0.0.1 ou ::1"),
        };
        command.Options.Add(_port);
        command.Options.Add(_bind);
        _unix = UnixOption.AddTo(
            command,
            language,
            language.Pick("Listen at this Unix socket instead of a port", "Escuta neste socket Unix em vez de uma porta"),
            [_port.Name, _bind.Name, "--allow", "--deny", "--capture", .. TuningArguments.Names]);
        _access = new AccessArguments(command, language);
        _tuning = new TuningArguments(command, language, listens: true);
    }

    /// <summary>The options of a server of datagrams with what was asked for.</summary>
    public DatagramServerOptions Read(ParseResult parse, DatagramServerOptions options) => options with
    {
        Address = parse.GetValue(_bind) ?? options.Address,
        Port = parse.GetValue(_port),
        Access = _access.Read(parse),
    };

    /// <summary>The options of a server with what was asked for.</summary>
    public ServerOptions Read(ParseResult parse, ServerOptions options) => options with
    {
        Address = parse.GetValue(_bind) ?? options.Address,
        Port = parse.GetValue(_port),
        UnixPath = parse.GetValue(_unix),
        Access = _access.Read(parse),
        Tuning = _tuning.Read(parse),
    };
}
