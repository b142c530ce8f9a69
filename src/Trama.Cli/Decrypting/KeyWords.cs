using System.Globalization;
using Trama.Reports;
using Trama.Tracing;

namespace Trama.Cli.Decrypting;

/// <summary>What is said of key logs. Never a secret.</summary>
internal static class KeyWords
{
    /// <summary>That a file is no key log.</summary>
    public static string NoKeyLog(string path, Language language) => language.Pick(
        $"{path} is no key log: none of its lines is like 'CLIENT_RANDOM …'",
        $"{path} não é um log de chaves: nenhuma de suas linhas é como 'CLIENT_RANDOM …'");

    /// <summary>That the environment names a key log.</summary>
    public static string OfEnvironment(string path, Language language) => language.Pick(
        $"TLS is decrypted with {path}, which SSLKEYLOGFILE names",
        $"o TLS é decifrado com {path}, indicado por SSLKEYLOGFILE");

    /// <summary>What is odd about a key log; null when nothing is.</summary>
    public static string? Oddity(KeyLogFile file, Language language)
    {
        if (file.Length == 0) return language.Pick($"{file.Path} is empty", $"{file.Path} está vazio");
        if (file.Reader.Secrets == 0) return language.Pick($"{file.Path} has no secrets", $"{file.Path} não tem segredos");
        if (file.Reader.LeftOut > 0) return language.Pick($"{file.Path} has too many secrets; {file.Reader.LeftOut} are left out",
            $"{file.Path} tem segredos demais; {file.Reader.LeftOut} ficam de fora");
        long malformed = file.Reader.Malformed;
        if (malformed == 0) return null;
        string more = malformed > file.Reader.MalformedLines.Count ? ", …" : "";
        string lines = string.Join(", ", file.Reader.MalformedLines.Select(line => line.ToString(CultureInfo.InvariantCulture))) + more;
        return malformed == 1
            ? language.Pick($"{file.Path}: line {lines} is malformed and left out",
                $"{file.Path}: a linha {lines} está malformada e fica de fora")
            : language.Pick($"{file.Path}: {malformed} lines are malformed and left out ({lines})",
                $"{file.Path}: {malformed} linhas estão malformadas e ficam de fora ({lines})");
    }

    /// <summary>What could not be decrypted, and why; without keys, how to get some.</summary>
    public static string Conclusion(TlsTotals tls, bool hasKeys, Language language)
    {
        long closed = tls.Encrypted - tls.Decrypted;
        if (!hasKeys)
        {
            return language.Pick(
                $"{closed} {(closed == 1 ? "connection is" : "connections are")} encrypted with TLS; to decrypt, start the client or the "
                    + "server with SSLKEYLOGFILE=keys.txt, capture anew, and add --keys keys.txt (docs/tls.md says which programs can)",
                $"{closed} {(closed == 1 ? "conexão está cifrada" : "conexões estão cifradas")} com TLS; para decifrar, inicie o cliente "
                    + "ou o servidor com SSLKEYLOGFILE=chaves.txt, capture de novo e acrescente --keys chaves.txt (docs/tls.md diz "
                    + "quais programas podem)");
        }

        var reasons = new List<string>();
        if (tls.WithoutKeys > 0) reasons.Add(language.Pick($"{tls.WithoutKeys} without secrets in any key log",
            $"{tls.WithoutKeys} sem segredos em nenhum log de chaves"));
        if (tls.WithWrongKeys > 0) reasons.Add(language.Pick($"{tls.WithWrongKeys} with secrets that do not fit",
            $"{tls.WithWrongKeys} com segredos que não servem"));
        if (tls.Unsupported > 0) reasons.Add(language.Pick($"{tls.Unsupported} in a way that cannot be read here",
            $"{tls.Unsupported} de um modo que não se lê aqui") + Suites(tls));
        return language.Pick(
            $"{closed} of {tls.Encrypted} TLS connections could not be decrypted: ",
            $"{closed} de {tls.Encrypted} conexões TLS não puderam ser decifradas: ") + string.Join("; ", reasons);
    }

    private static string Suites(TlsTotals tls) => tls.UnsupportedSuites.Count == 0 ? "" : $" ({string.Join(", ", tls.UnsupportedSuites)})";
}
