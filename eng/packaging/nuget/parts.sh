# The parts of eng/package that are packages for NuGet; read by it.

# Built apart, since the paths in it are those of no machine, and the version is its own.
nuget() {
    "$(eng/find-dotnet)" pack eng/packaging/nuget/Libraries.slnx --configuration Release --artifacts-path artifacts/publish/nuget \
        --output "$out" -p:Version="$version" -p:ContinuousIntegrationBuild=true -p:RestoreLockedMode=true -p:RunAnalyzers=false \
        --nologo --verbosity quiet -nodeReuse:false </dev/null
    for file in "$out"/Trama.*."$version".nupkg; do made "$file"; done
}

# One package names those of the systems, of which the SDK takes the best: a native program, or "any", which the runtime runs.
tool() {
    case $version in *-dev.*) built= ;; *) built=-p:Version=$version ;; esac
    "$(eng/find-dotnet)" build src/Trama.Cli --configuration Release -p:RestoreLockedMode=true -p:RunAnalyzers=false $built \
        --nologo --verbosity quiet -nodeReuse:false "-consoleLoggerParameters:ErrorsOnly;NoSummary" </dev/null
    at=$work/tool-any/tools/net10.0/any
    mkdir -p "$at"
    for file in src/Trama.Cli/bin/Release/net10.0/*.dll src/Trama.Cli/bin/Release/net10.0/trama.*.json; do cp "$file" "$at/"; done
    for_tool any dotnet trama.dll
    if [ -x artifacts/trama ]; then native_tool "linux-$rid" artifacts/trama; fi
    for other in arm64 x64; do
        if [ -x artifacts/trama-linux-$other ]; then native_tool linux-$other artifacts/trama-linux-$other; fi
    done
    at=$work/tool/tools/any/any
    mkdir -p "$at"
    settings trama.dll dotnet "$(for system in $systems; do
        echo "<RuntimeIdentifierPackage RuntimeIdentifier=\"$system\" Id=\"trama.$system\" />"
    done)" >"$at/DotnetToolSettings.xml"
    tool_package trama DotnetTool "Be the TCP server or client, and see on the wire what both say." "$work/tool"
}

native_tool() { # RID BINARY
    install -D -m 755 "$2" "$work/tool-$1/tools/any/$1/trama"
    at=$work/tool-$1/tools/any/$1
    for_tool "$1" executable trama
}

systems=
for_tool() { # RID RUNNER FILE
    settings "$3" "$2" >"$at/DotnetToolSettings.xml"
    tool_package "trama.$1" DotnetToolRidPackage "trama for $1; installed by the package trama." "$work/tool-$1"
    systems="$systems $1"
}

settings() { # FILE RUNNER [PACKAGES]
    if [ "${3:-}" ]; then echo '<DotNetCliTool Version="2"><Commands><Command Name="trama" /></Commands>'
        echo "<RuntimeIdentifierPackages>$3</RuntimeIdentifierPackages>"
    else echo "<DotNetCliTool Version=\"2\"><Commands><Command Name=\"trama\" EntryPoint=\"$1\" Runner=\"$2\" /></Commands>"
    fi
    echo '</DotNetCliTool>'
}

tool_package() { # ID TYPE WHAT FOLDER
    cp eng/packaging/nuget/README.md THIRD-PARTY.md "$4/"
    sed "s/@ID@/$1/; s/@VERSION@/$version/; s/@TYPE@/$2/; s/@WHAT@/$3/" eng/packaging/nuget/tool.nuspec >"$4/$1.nuspec"
    "$(eng/find-dotnet)" pack "$4/$1.nuspec" --output "$out" --verbosity quiet </dev/null
    made "$out/$1.$version.nupkg"
}
