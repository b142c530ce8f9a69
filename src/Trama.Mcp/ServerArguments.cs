using System.Globalization;
using System.Reflection;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Mcp;

/// <summary>The command line of <c>trama-mcp</c>.</summary>
/// <param name="Folder">The folder; null when only <paramref name="Text"/> is asked for.</param>
/// <param name="HasPayload">Whether payload is told.</param>
/// <param name="Time">How long a call may take.</param>
/// <param name="Text">The help, or the version.</param>
internal sealed record ServerArguments(string? Folder, bool HasPayload, TimeSpan Time, string Text = "")
{
    private const int StandardSeconds = 60, MostSeconds = 3600;

    /// <summary>The version of trama.</summary>
    public static string Version =>
        typeof(ServerArguments).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Reads a command line.</summary>
    /// <exception cref="UserError">It is wrong.</exception>
    public static ServerArguments Of(IReadOnlyList<string> args, Language language)
    {
        string? folder = null;
        bool payload = false, onlyNames = false;
        int seconds = StandardSeconds;
        for (int i = 0; i < args.Count; i++)
        {
            string arg = args[i], value = i + 1 < args.Count ? args[i + 1] : "";
            if (!onlyNames && arg is "--help" or "-h") return new(null, payload, default, Help(language));
            if (!onlyNames && arg is "--version" or "-V") return new(null, payload, default, Version + "\n");
            if (!onlyNames && arg == "--") onlyNames = true;
            else if (!onlyNames && arg == "--payload") payload = true;
            else if (!onlyNames && arg == "--lang" && value is "en" or "pt" or "pt-BR") i++;
            else if (!onlyNames && arg == "--timeout" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
                && seconds is > 0 and <= MostSeconds) i++;
            else if (folder is null && arg.Length > 0 && (onlyNames || !arg.StartsWith('-'))) folder = arg;
            else throw new UserError(language.Pick($"'{arg}' is not understood here: trama-mcp --help",
                $"'{arg}' não faz sentido aqui: trama-mcp --help"), ExitCode.Usage);
        }

        return new(folder ?? throw new UserError(language.Pick("name the folder of captures: trama-mcp FOLDER",
            "informe a pasta das capturas: trama-mcp PASTA"), ExitCode.Usage), payload, TimeSpan.FromSeconds(seconds));
    }

    private static string Help(Language language) => language.Pick($"""
        Captures of one folder for a model: a server of the Model Context Protocol over standard input and output.

        Usage: trama-mcp FOLDER [--payload] [--timeout SECONDS] [--lang en|pt]

          --payload           Tell what messages say, with names, keys and credentials; else it is withheld
          --timeout SECONDS   How long a call may take (default {StandardSeconds})
          --lang en|pt        Language: en or pt
          -h, --help          This text
          -V, --version       The version

        A client starts it, such as with {Configuration}

        """, $"""
        Capturas de uma pasta para um modelo: um servidor do Model Context Protocol pela entrada e pela saída padrão.

        Uso: trama-mcp PASTA [--payload] [--timeout SEGUNDOS] [--lang en|pt]

          --payload           Mostra o que as mensagens dizem, com nomes, chaves e credenciais; sem ela, isso é retido
          --timeout SEGUNDOS  Quanto tempo uma chamada pode levar (padrão {StandardSeconds})
          --lang en|pt        Idioma: en ou pt
          -h, --help          Este texto
          -V, --version       A versão

        Um cliente o inicia, por exemplo com {Configuration}

        """);

    private const string Configuration =
        "\"mcpServers\": {\"trama\": {\"command\": \"trama-mcp\", \"args\": [\"/captures\"]}}";
}
