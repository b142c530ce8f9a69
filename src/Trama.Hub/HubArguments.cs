using System.Globalization;
using System.Reflection;
using NATS.NKeys;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Holding;
using Trama.Fleet.Storing;
using Trama.Hub.Broker;
using Trama.Hub.Showing;
using Trama.Reports;

namespace Trama.Hub;

/// <summary>The command line of <c>trama-hub</c>.</summary>
internal sealed record HubArguments
{
    private const int MostReplicas = 5, MostKeyBytes = 4096;
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(1);

    private static readonly string[] s_options =
    [
        "--store", "--nats", "--name", "--embedded", "--replicas", "--keep", "--keep-bytes", "--last", "--creds", "--nkey", "--tls-ca",
        "--tls-cert", "--tls-key", "--lang",
    ];

    /// <summary>The word of the courier, which <c>trama watch</c> starts.</summary>
    public const string CourierWord = "courier";

    /// <summary>What is asked for: the courier, a list, or empty for a hub.</summary>
    public string Word { get; private set; } = "";

    /// <summary>The broker; null for a list.</summary>
    public BrokerOptions? Broker { get; private set; }

    /// <summary>The store's folder.</summary>
    public string Store { get; private set; } = "";

    /// <summary>How much of it is kept.</summary>
    public StoreLimits Limits { get; private set; } = new();

    /// <summary>Of how long a list tells.</summary>
    public TimeSpan Last { get; private set; } = TimeSpan.FromDays(1);

    /// <summary>The name of the sensor or hub.</summary>
    public string Name { get; private set; } = "";

    /// <summary>On how many servers each stream is.</summary>
    public int Replicas { get; private set; }

    /// <summary>Where a broker of its own listens; null for none.</summary>
    public string? Embedded { get; private set; }

    /// <summary>Text to be shown, and nothing else done.</summary>
    public string Text { get; private set; } = "";

    private static string Version =>
        typeof(HubArguments).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Reads a command line.</summary>
    /// <exception cref="UserError">It is wrong.</exception>
    public static HubArguments Of(IReadOnlyList<string> args, Language language)
    {
        var read = new HubArguments();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < args.Count; i++)
        {
            string arg = args[i];
            if (arg is "--help" or "-h") return new HubArguments { Text = Help(language) };
            if (arg is "--version" or "-V") return new HubArguments { Text = Version + "\n" };
            if (i == 0 && (arg == CourierWord || HubLists.Names.Contains(arg))) read.Word = arg;
            else if (s_options.Contains(arg) && i + 1 < args.Count && !values.ContainsKey(arg)) values[arg] = args[++i];
            else throw new UserError(language.Pick($"'{arg}' is not understood here: trama hub --help",
                $"'{arg}' não faz sentido aqui: trama hub --help"), ExitCode.Usage);
        }

        read.Store = values.GetValueOrDefault("--store", "");
        read.Embedded = values.GetValueOrDefault("--embedded");
        if (read.Word != CourierWord && read.Store.Length == 0) throw new UserError(language.Pick(
            "--store FOLDER says where the store is", "--store PASTA diz onde fica o armazém"), ExitCode.Usage);
        read.Last = Duration("--last", read.Last);
        read.Limits = new StoreLimits { Age = Duration("--keep", read.Limits.Age), Bytes = Size("--keep-bytes", read.Limits.Bytes) };
        if (read.Word.Length > 0 && read.Word != CourierWord) return read;
        string servers = values.GetValueOrDefault("--nats", read.Embedded is not { } own ? ""
            : "nats://" + own.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        if (!servers.Contains("://", StringComparison.Ordinal)) throw new UserError(language.Pick(
            "--nats nats://HOST,HOST names the broker, or --embedded ADDRESS starts one",
            "--nats nats://HOST,HOST informa o broker, ou --embedded ENDEREÇO inicia um"), ExitCode.Usage);
        read.Broker = new BrokerOptions
        {
            Servers = servers,
            Credentials = values.GetValueOrDefault("--creds"),
            NKey = values.TryGetValue("--nkey", out string? seed) ? ReadKey(seed, language) : null,
            Authorities = values.GetValueOrDefault("--tls-ca"),
            Certificate = values.GetValueOrDefault("--tls-cert"),
            CertificateKey = values.GetValueOrDefault("--tls-key"),
        };
        read.Replicas = !values.TryGetValue("--replicas", out string? replicas) ? read.Broker.Count >= 3 ? 3 : 1
            : int.TryParse(replicas, NumberStyles.None, CultureInfo.InvariantCulture, out int many) && many is > 0 and <= MostReplicas
            ? many
            : throw new UserError(language.Pick("--replicas takes 1 to 5", "--replicas pede de 1 a 5"), ExitCode.Usage);
        read.Name = values.GetValueOrDefault("--name") ?? new string([.. Environment.MachineName.Select(letter =>
            HeldMessage.IsName(letter.ToString()) ? letter : '-').Take(HeldMessage.MaxName)]);
        return HeldMessage.IsName(read.Name) ? read : throw new UserError(language.Pick(
            "--name takes letters, digits, '-' and '_', at most 64", "--name pede letras, dígitos, '-' e '_', no máximo 64"),
            ExitCode.Usage);

        TimeSpan Duration(string option, TimeSpan standard) => !values.TryGetValue(option, out string? text) ? standard
            : Durations.TryParse(text, out TimeSpan duration) && duration >= s_shortest ? duration : throw new UserError(language.Pick(
                $"{option}: expected a duration of 1m or more, such as 24h, got '{text}'",
                $"{option}: esperava uma duração de 1m ou mais, como 24h, veio '{text}'"), ExitCode.Usage);

        long Size(string option, long standard) => !values.TryGetValue(option, out string? text) ? standard
            : Sizes.TryParse(text, out long bytes) && bytes > 0 ? bytes : throw new UserError(language.Pick(
                $"{option}: expected a size such as 10GiB, got '{text}'", $"{option}: esperava um tamanho como 10GiB, veio '{text}'"),
                ExitCode.Usage);
    }

    // What `nk -gen user` writes: a line that begins with SU, which the public key follows from.
    private static KeyPair ReadKey(string path, Language language)
    {
        try
        {
            string text = new FileInfo(path).Length <= MostKeyBytes ? File.ReadAllText(path) : "";
            return KeyPair.FromSeed(text.Split('\n', StringSplitOptions.TrimEntries).First(line =>
                line.StartsWith("SU", StringComparison.Ordinal)));
        }
        catch (Exception error) when (error is InvalidOperationException or NKeysException or FormatException or ArgumentException)
        {
            throw new UserError(language.Pick($"{path} has no seed of a user's NKey: nk -gen user makes one",
                $"{path} não tem a semente de uma NKey de usuário: nk -gen user faz uma"));
        }
    }

    private static string Help(Language language) => language.Pick("""
        Many hosts: receives what trama watch --to publishes, stores it, and joins both ends of each connection.

        Usage: trama hub --store FOLDER --nats nats://HOST,HOST,HOST
               trama hub --store FOLDER --embedded 0.0.0.0:4222
               trama hub verdicts|pairs|services|sensors|gaps --store FOLDER
               trama hub page --store FOLDER >page.html

          --store FOLDER      The store; hubs that share the work share it
          --nats ADDRESSES    The broker: NATS with JetStream, 2.9 or later
          --embedded ADDRESS  Start nats-server as a child, with its data in the store's folder
          --name NAME         The hub's name (default: the machine's)
          --replicas N        On how many servers each stream is (default: 3 where three are named, else 1)
          --keep DURATION     How long rows are kept (default 720h)
          --keep-bytes SIZE   How much disk they take at most; the oldest go first (default 10GiB)
          --last DURATION     Of how long a list tells (default 24h)
          --creds FILE        Credentials of NATS
          --nkey FILE         The seed of an NKey
          --tls-ca FILE       The authorities that may vouch for the broker
          --tls-cert FILE     This hub's certificate
          --tls-key FILE      Its key
          --lang en|pt        Language: en or pt
          -h, --help          This text
          -V, --version       The version

        The lists say what is missing, too. Of hours before this one they need DuckDB: trama sql --setup
        brings it. trama history --hub FOLDER and trama sql QUESTION --hub FOLDER ask the same store.

        """, """
        Muitos hosts: recebe o que trama watch --to publica, guarda, e junta as duas pontas de cada conexão.

        Uso: trama hub --store PASTA --nats nats://HOST,HOST,HOST
             trama hub --store PASTA --embedded 0.0.0.0:4222
             trama hub verdicts|pairs|services|sensors|gaps --store PASTA
             trama hub page --store PASTA >pagina.html

          --store PASTA       O armazém; hubs que dividem o trabalho o compartilham
          --nats ENDEREÇOS    O broker: NATS com JetStream, 2.9 ou mais novo
          --embedded ENDEREÇO Inicia nats-server como filho, com os dados na pasta do armazém
          --name NOME         O nome do hub (padrão: o da máquina)
          --replicas N        Em quantos servidores fica cada stream (padrão: 3 se três são informados, senão 1)
          --keep DURAÇÃO      Por quanto tempo linhas são guardadas (padrão 720h)
          --keep-bytes TAMANHO  Quanto disco ocupam no máximo; as mais antigas saem primeiro (padrão 10GiB)
          --last DURAÇÃO      De quanto tempo uma lista conta (padrão 24h)
          --creds ARQUIVO     Credenciais do NATS
          --nkey ARQUIVO      A semente de uma NKey
          --tls-ca ARQUIVO    As autoridades que podem atestar o broker
          --tls-cert ARQUIVO  O certificado deste hub
          --tls-key ARQUIVO   A sua chave
          --lang en|pt        Idioma: en ou pt
          -h, --help          Este texto
          -V, --version       A versão

        As listas dizem também o que falta. Das horas antes desta precisam do DuckDB: trama sql --setup o traz.
        trama history --hub PASTA e trama sql PERGUNTA --hub PASTA consultam o mesmo armazém.

        """);
}
