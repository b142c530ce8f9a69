using System.CommandLine;
using System.Diagnostics;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Holding;
using Trama.Fleet.Storing;
using Trama.Fleet.Tickets;
using Trama.Reports;
using Trama.Reports.Findings;

namespace Trama.Cli.Commands.Watching;

/// <summary>The options with which <c>trama watch</c> publishes to hubs: what, to whom, and as whom.</summary>
internal sealed class FleetOptions
{
    private const int MostKeyBytes = 4096;
    private const long StandardSpool = 1L << 30;

    private readonly Language _language;
    private readonly Option<string> _to, _key, _sensor;
    private readonly Option<TimeSpan> _slow;
    private readonly Option<long?> _sample;
    private readonly Option<long> _spool;

    // What the courier is told as it is.
    private readonly Option<string>[] _access;

    /// <summary>Adds them to the command.</summary>
    public FleetOptions(BilingualCommand command, Language language)
    {
        _language = language;
        command.Group("Many hosts", "Muitos hosts");
        _to = command.Value("--to", "nats://HOST,HOST,HOST",
            "Publish tickets of connections, findings and sketches to hubs, by NATS JetStream",
            "Publica bilhetes de conexões, achados e esboços a hubs, pelo NATS JetStream");
        _key = command.Value("--key", language.Pick("FILE", "ARQUIVO"), "The fleet's key, the same at all sensors: 32 bytes or more",
            "A chave da frota, a mesma em todos os sensores: 32 bytes ou mais");
        _sensor = command.Value("--sensor", language.Pick("NAME", "NOME"), "This sensor's name (default: the machine's)",
            "O nome deste sensor (padrão: o da máquina)");
        _slow = QuantityOptions.Duration(language, "--slow", TimeSpan.FromSeconds(1), language.Pick(
            "From how long on an exchange is published (default 1s)", "A partir de quanto uma troca é publicada (padrão 1s)"),
            TimeSpan.FromMilliseconds(1));
        command.Add(_slow);
        _sample = command.Number("--sample", "N", 1, 1_000_000, "Of the others one in N is published (default 1000)",
            "Das outras, uma em N é publicada (padrão 1000)");
        _spool = QuantityOptions.Size(language, "--spool", StandardSpool, language.Pick(
            "How much disk what waits for hubs takes at most (default 1GiB)",
            "Quanto disco o que espera por hubs ocupa no máximo (padrão 1GiB)"));
        command.Add(_spool);
        _access =
        [
            command.Value("--creds", language.Pick("FILE", "ARQUIVO"), "Credentials of NATS", "Credenciais do NATS"),
            command.Value("--nkey", language.Pick("FILE", "ARQUIVO"), "The seed of an NKey", "A semente de uma NKey"),
            command.Value("--tls-ca", language.Pick("FILE", "ARQUIVO"), "The authorities that may vouch for the broker",
                "As autoridades que podem atestar o broker"),
            command.Value("--tls-cert", language.Pick("FILE", "ARQUIVO"), "This sensor's certificate", "O certificado deste sensor"),
            command.Value("--tls-key", language.Pick("FILE", "ARQUIVO"), "Its key", "A sua chave"),
        ];
        OptionNeeds.Add(command, language, _to, _key, _sensor, _slow, _sample, _spool);
        foreach (Option<string> access in _access) OptionNeeds.Add(command, language, _to, access);
    }

    /// <summary>Reads what makes the publisher of a store; null when nothing is to be published.</summary>
    /// <exception cref="UserError">An option is wrong.</exception>
    public Func<StoreFolder, long, JudgedConnections, Publisher>? Read(OptionValues values, Action<string> say)
    {
        if (values.Of(_to) is not { } servers) return null;
        if (!servers.Contains("://", StringComparison.Ordinal)) throw values.Wrong(
            $"--to: expected nats://HOST, got '{servers}'", $"--to: esperava nats://HOST, veio '{servers}'");
        string sensor = values.Of(_sensor) ?? new string([.. Environment.MachineName.Select(letter =>
            HeldMessage.IsName(letter.ToString()) ? letter : '-').Take(HeldMessage.MaxName)]);
        if (!HeldMessage.IsName(sensor)) throw values.Wrong("--sensor takes letters, digits, '-' and '_', at most 64",
            "--sensor pede letras, dígitos, '-' e '_', no máximo 64");
        var courier = new ProcessStartInfo(ThisProgram.Beside("trama-hub"), ["courier", "--nats", servers, "--name", sensor,
            "--lang", _language.Pick("en", "pt")]);
        foreach (Option<string> access in _access)
        {
            if (values.Of(access) is not { } file) continue;
            courier.ArgumentList.Add(access.Name);
            courier.ArgumentList.Add(file);
        }

        var keys = new TicketKeys(Key(values));
        var settings = new PublisherSettings(sensor, values.Of(_spool), values.Of(_slow).Ticks * TimeSpan.NanosecondsPerTick,
            (int)(values.Of(_sample) ?? 1000));
        return (folder, runAt, judged) => new Publisher(folder, runAt, keys, judged, courier, settings, say, _language);
    }

    private byte[] Key(OptionValues values)
    {
        if (values.Of(_key) is not { } path) throw values.Wrong(
            "--to needs --key FILE: the fleet's key, the same at all sensors (such as: openssl rand -hex 32 > fleet.key)",
            "--to precisa de --key ARQUIVO: a chave da frota, a mesma em todos os sensores (como: openssl rand -hex 32 > fleet.key)");
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[MostKeyBytes];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            ReadOnlySpan<byte> key = bytes.AsSpan(0, length).TrimEnd("\r\n"u8);
            return key.Length >= TicketKeys.MinSecretBytes ? key.ToArray() : throw values.Wrong(
                $"--key: {path} has less than {TicketKeys.MinSecretBytes} bytes",
                $"--key: {path} tem menos de {TicketKeys.MinSecretBytes} bytes");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"--key: {error.Message}");
        }
    }
}
